#pragma once
#include <cstdint>
#include <deque>
#include <vector>

#include "player/sound/fine_time.h"

namespace loa {

/// How CLOCK_MONOTONIC and the sink's clock lie to each other, and how fast they drift apart. A sound server's clock is
/// wrong by a millisecond and more, and for seconds in the same way; a card's clock runs up to some 100 ppm fast or
/// slow. So the distance is the median of twenty seconds, led on by a drift that is measured over three minutes. Pure:
/// it is told every reading.
class ClockMap {
public:
    /// One reading: the sink's clock between two of CLOCK_MONOTONIC. One that was interrupted (0.2 ms) is left out.
    void add(Nanoseconds before, Nanoseconds sink, Nanoseconds after);
    /// Enough readings over enough time (0.8 s) to place a frame by.
    bool ready() const;
    /// CLOCK_MONOTONIC minus the sink's clock, at the last reading. Only when at least one was kept.
    Nanoseconds offset() const;
    /// By how much the offset grows: positive for a sink that is slow. 0 for the first ten seconds, at most 300 ppm.
    double drift() const { return drift_; }
    bool empty() const { return count_ == 0; }

private:
    struct Reading {
        Nanoseconds at;
        Nanoseconds offset;
    };
    Nanoseconds ledOn(const Reading& reading, Nanoseconds to) const;
    Nanoseconds levelOf(Nanoseconds since, Nanoseconds at) const;
    void closeBin();
    void forgetBeforeStep(Nanoseconds at);
    void closeLongBin(Nanoseconds at);
    static Reading middle(const std::vector<Reading>& readings);

    std::int64_t count_ = 0;
    Nanoseconds first_{0};
    Nanoseconds last_{0};
    std::vector<Reading> readings_;  ///< of the bin that is being filled
    std::deque<Reading> bins_;       ///< a quarter of a second each
    std::deque<Reading> longBins_;   ///< two seconds each
    Nanoseconds longBinFrom_{0};     ///< what is newer is in no long bin yet
    Nanoseconds level_{0};           ///< the offset at levelAt_
    Nanoseconds levelAt_{0};
    double drift_ = 0;
};

}  // namespace loa
