#pragma once
#include <chrono>
#include <cstdint>

#include "scheduler/domain/time.h"

namespace loa {

/// How long an answer may still take to go out. Each byte brings the time it takes at the slowest pace that is allowed;
/// a caller may fall behind that pace by `slack`, however fast it was before, and at `end` it is over whatever the
/// pace.
class SendingTime {
public:
    using Time = std::chrono::steady_clock::time_point;

    /// `slowestBytesPerSecond` is above 0.
    SendingTime(Milliseconds slack, std::uint64_t slowestBytesPerSecond, Time end);

    /// For the next `bytes`, counted from `now`; not above 0 where all time is spent.
    Milliseconds allowed(std::uint64_t bytes, Time now) const;
    /// So many bytes have gone out, and took so long.
    void spent(std::uint64_t bytes, Milliseconds took);

private:
    Milliseconds earned(std::uint64_t bytes) const;

    const Milliseconds slack_;
    const std::uint64_t slowestBytesPerSecond_;
    const Time end_;
    Milliseconds left_;  // of the slack
};

}  // namespace loa
