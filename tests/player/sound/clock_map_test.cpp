#include "player/sound/clock_map.h"

#include <doctest/doctest.h>

using namespace loa;
using namespace std::chrono_literals;

TEST_CASE("clock map: it takes readings over 0.8 s before a frame is placed by it") {
    ClockMap map;
    for (auto at = Nanoseconds{1s}; at < 1790ms; at += 10ms) map.add(at, at - 700ms, at);
    CHECK_FALSE(map.ready());
    for (auto at = Nanoseconds{1790ms}; at < 1850ms; at += 10ms) map.add(at, at - 700ms, at);
    CHECK(map.ready());
    CHECK(map.offset() == 700ms);
}

TEST_CASE("clock map: single wild readings do not move it") {
    ClockMap map;
    for (int i = 0; i < 200; ++i) {
        const auto at = Nanoseconds{1s} + i * 10ms;
        map.add(at, at - (i % 10 == 0 ? 690ms : 700ms), at);
    }
    CHECK(map.offset() == 700ms);
}

TEST_CASE("clock map: a reading that was interrupted is left out") {
    ClockMap map;
    map.add(1s, 500ms, 1s + 300us);
    CHECK(map.empty());
    map.add(1s, 500ms, 1s + 100us);
    CHECK(map.offset() == 500ms + 50us);
}

TEST_CASE("clock map: what is older than two seconds is forgotten") {
    ClockMap map;
    for (int i = 0; i < 300; ++i) {
        const auto at = Nanoseconds{1s} + i * 10ms;
        map.add(at, at - 700ms, at);
    }
    for (int i = 300; i < 500; ++i) {
        const auto at = Nanoseconds{1s} + i * 10ms;
        map.add(at, at - 703ms, at);
    }
    CHECK(map.offset() == 703ms);
}
