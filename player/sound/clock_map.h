#pragma once
#include <deque>

#include "player/sound/fine_time.h"

namespace loa {

/// How CLOCK_MONOTONIC and the sink's clock lie to each other: the median of what was read in the last two seconds. A
/// sound server's clock is noisy by 0.5 ms and more; the median is not. Pure: it is told every reading.
class ClockMap {
public:
    /// One reading: the sink's clock between two of CLOCK_MONOTONIC. One that was interrupted (0.2 ms) is left out.
    void add(Nanoseconds before, Nanoseconds sink, Nanoseconds after);
    /// Enough readings over enough time (0.8 s) to place a frame by.
    bool ready() const;
    /// CLOCK_MONOTONIC minus the sink's clock. Only when at least one reading was kept.
    Nanoseconds offset() const;
    bool empty() const { return readings_.empty(); }

private:
    struct Reading {
        Nanoseconds at;
        Nanoseconds offset;
    };
    std::deque<Reading> readings_;
    Nanoseconds first_{-1};
};

}  // namespace loa
