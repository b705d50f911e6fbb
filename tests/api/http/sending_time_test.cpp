#include "api/http/sending_time.h"

#include <doctest/doctest.h>

namespace loa {

namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t pace = 1000;
const SendingTime::Time start{1h};

SendingTime fresh() {
    return {30s, pace, start + 10min};
}

}  // namespace

TEST_CASE("sending time: a start, and for each byte what it takes at the slowest pace") {
    CHECK(fresh().allowed(0, start) == 30s);
    CHECK(fresh().allowed(5'000, start) == 35s);
    CHECK(fresh().allowed(500, start) == 30'500ms);
}

TEST_CASE(
    "sending time: who keeps the pace is never cut before the end, and who lags loses what there was at the start") {
    auto steady = fresh();
    for (int i = 0; i < 100; ++i) steady.spent(1'000, 1s);
    CHECK(steady.allowed(0, start + 100s) == 30s);
    auto slow = fresh();
    for (int i = 0; i < 30; ++i) slow.spent(1, 1s);
    CHECK(slow.allowed(1, start + 30s) <= 31ms);
    slow.spent(1, 1s);
    CHECK(slow.allowed(1, start + 31s) < 0ms);
}

TEST_CASE("sending time: a fast beginning does not pay for a stall") {
    auto hasty = fresh();
    hasty.spent(1'000'000, 1ms);
    CHECK(hasty.allowed(0, start + 1s) == 30s);
}

TEST_CASE("sending time: at its end it is over, however fast the caller is") {
    auto fast = fresh();
    fast.spent(1'000'000, 1s);
    CHECK(fast.allowed(1'000'000, start + 10min - 1s) == 1s);
    CHECK(fast.allowed(1, start + 10min) == 0ms);
}

}  // namespace loa
