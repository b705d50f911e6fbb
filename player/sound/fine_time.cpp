// The only place in loa-sound that reads the machine's clocks. Any thread, one WallClock each; never waits.
#include "player/sound/fine_time.h"

#include <ctime>

namespace loa {
namespace {

Nanoseconds read(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return std::chrono::seconds{time.tv_sec} + Nanoseconds{time.tv_nsec};
}

}  // namespace

Nanoseconds monotonicNow() {
    return read(CLOCK_MONOTONIC);
}

Nanoseconds WallClock::offset() {
    constexpr Nanoseconds undisturbed = std::chrono::microseconds{50};
    for (int attempt = 0; attempt < 3; ++attempt) {
        const auto before = monotonicNow();
        const auto wall = read(CLOCK_REALTIME);
        const auto after = monotonicNow();
        const auto measured = wall - (before + after) / 2;
        if (after - before < undisturbed || !last_) {
            last_ = measured;
            return measured;
        }
    }
    return *last_;
}

}  // namespace loa
