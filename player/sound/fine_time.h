#pragma once
#include <chrono>
#include <cstdint>
#include <optional>

#include "scheduler/domain/media_item.h"

namespace loa {

using Nanoseconds = std::chrono::nanoseconds;

/// UTC to the nanosecond: one frame is 20.8 us, so the domain's milliseconds are too coarse inside loa-sound.
using FineInstant = std::chrono::sys_time<Nanoseconds>;

/// Length of `frames` at frameRate, to the nanosecond below. Safe for more than a thousand years of frames.
constexpr Nanoseconds lengthOf(std::int64_t frames) {
    return Nanoseconds{frames / frameRate * 1'000'000'000 + frames % frameRate * 1'000'000'000 / frameRate};
}

/// Frames in `length`, with their fraction; negative for a negative length.
constexpr double framesIn(Nanoseconds length) {
    return static_cast<double>(length.count()) * frameRate / 1e9;
}

/// CLOCK_MONOTONIC, as time since its zero.
Nanoseconds monotonicNow();

/// UTC as CLOCK_MONOTONIC plus an offset that changes only when the wall clock is set. One thread.
class WallClock {
public:
    /// UTC minus CLOCK_MONOTONIC. A reading that was interrupted is repeated, at last replaced by the one before.
    Nanoseconds offset();
    FineInstant now() { return FineInstant{monotonicNow() + offset()}; }

private:
    std::optional<Nanoseconds> last_;
};

}  // namespace loa
