#pragma once
#include <vector>

#include "scheduler/planning/campaign/fit.h"

namespace loa {

/// One station's days, and where each day's minute 0 lies, in minutes on one scale.
struct StationDays {
    std::vector<CampaignDay> days;
    std::vector<int> zeros;  ///< ascending
    bool tied = false;       ///< the gap reaches over midnight; what airs on one day bears on the next
};

/// The days with narrower starts where the gap reaches over midnight, so that each may then be planned by itself: with
/// the most airings in all, and of those ways one with the smallest spread over days; both are exact. One way or
/// several to choose from, which differ in where midnight is cut.
std::vector<StationDays> setApart(StationDays station, DayRooms& rooms);

}  // namespace loa
