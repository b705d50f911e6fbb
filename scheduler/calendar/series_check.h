#pragma once
#include "scheduler/calendar/series.h"
#include "scheduler/calendar/station_overrides.h"

namespace loa {

/// What the series of one text must be beyond readable: each rule falls on something, each override on an occurrence
/// that is there, and all together cost no more than a text may.
class SeriesCheck {
public:
    /// Throws Error (invalid; tooLarge "too-costly") with the line.
    void check(const Series& series, const Component& master);

private:
    void checkCost(const Rule& rule, int line);

    int counted_ = 0;  ///< instances by COUNT so far
};

}  // namespace loa
