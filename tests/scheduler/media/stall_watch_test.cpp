#include "scheduler/media/ingest/stall_watch.h"

#include <doctest/doctest.h>

using namespace loa;
using namespace std::chrono_literals;

TEST_CASE(
    "stall watch: two seconds of CPU without sound are a stall, two seconds of waiting on a busy machine are not") {
    StallWatch watch;
    watch.soundCame(5s, 100s);
    CHECK_FALSE(watch.hasStalled(7s, 102s));
    CHECK(watch.hasStalled(7001ms, 102s));
    CHECK_FALSE(watch.hasStalled(5s, 119s));
    CHECK(watch.hasStalled(5s, 121s));
}
