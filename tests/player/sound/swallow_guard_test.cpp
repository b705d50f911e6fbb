#include "player/sound/swallow_guard.h"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

using namespace loa;
using namespace std::chrono_literals;

namespace {

constexpr Nanoseconds block = 100ms;  // ten times the real ones, so that a day is short

/// Both clocks in step with each other, but for so many ppm, noise, and what a test adds.
struct Clocks {
    double fast = 0;
    Nanoseconds monotonic{1000h};
    Nanoseconds moved{0};
    std::mt19937 random{7};
    Nanoseconds noise{0};

    Clocks(double ppm) : fast{ppm} {}
    Nanoseconds sink() const {
        const auto gained = static_cast<double>((monotonic - 1000h).count()) * fast * 1e-6;
        return monotonic - 999h + moved + noise + Nanoseconds{std::llround(gained)};
    }
    void turn() {
        monotonic += block;
        noise = Nanoseconds{std::uniform_int_distribution<std::int64_t>{-3'000'000, 3'000'000}(random)};
    }
};

}  // namespace

TEST_CASE("swallow guard: a card 100 ppm fast or slow plays all day, and nothing it passed is held back") {
    for (const double fast : {-100.0, 0.0, 100.0}) {
        CAPTURE(fast);
        SwallowGuard guard;
        Clocks clocks{fast};
        guard.begin(clocks.sink(), clocks.monotonic);
        int refused = 0, heldBack = 0;
        Nanoseconds loosest{0};
        for (int i = 0; i < 24 * 60 * 60 * 10; ++i) {
            clocks.turn();
            if (i % 36000 == 18000) clocks.moved += (i % 72000 == 18000 ? 80ms : -80ms);  // it ran dry
            refused += guard.add(clocks.sink(), clocks.monotonic) ? 0 : 1;
            const auto room = guard.latest(clocks.monotonic) - clocks.sink();
            heldBack += room < 0ns ? 1 : 0;
            loosest = std::max(loosest, room);
        }
        CHECK(refused == 0);
        CHECK(heldBack == 0);
        CHECK(loosest < 200ms);
    }
}

TEST_CASE("swallow guard: a sink that takes everything at once is found out, and little of it counts") {
    SwallowGuard guard;
    Clocks clocks{100};
    guard.begin(clocks.sink(), clocks.monotonic);
    for (int i = 0; i < 36000; ++i) {
        clocks.turn();
        REQUIRE(guard.add(clocks.sink(), clocks.monotonic));
    }
    const auto before = clocks.sink();
    clocks.moved += 490ms;
    clocks.turn();
    CHECK(guard.add(clocks.sink(), clocks.monotonic));
    CHECK(guard.latest(clocks.monotonic) - before < block + 110ms);
    clocks.moved += 20ms;
    clocks.turn();
    CHECK_FALSE(guard.add(clocks.sink(), clocks.monotonic));
    CHECK(guard.latest(clocks.monotonic) - before < 2 * block + 110ms);
}

TEST_CASE("swallow guard: a sink that goes on ahead, or behind, is believed after ten to twenty seconds") {
    for (const auto moved : {400ms, -400ms}) {
        SwallowGuard guard;
        Clocks clocks{0};
        guard.begin(clocks.sink(), clocks.monotonic);
        clocks.moved += moved;
        for (int i = 0; i < 200; ++i) {
            clocks.turn();
            REQUIRE(guard.add(clocks.sink(), clocks.monotonic));
        }
        const auto room = guard.latest(clocks.monotonic) - clocks.sink();
        CHECK(room > 90ms);
        CHECK(room < 110ms);
    }
}
