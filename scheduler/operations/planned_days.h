#pragma once
#include <optional>
#include <utility>
#include <vector>

#include "scheduler/operations/compose_plan.h"
#include "scheduler/operations/scheduler.h"

namespace loa {

/// Civil days, one after the other, each station's by its own zone.
struct DaySpan {
    static constexpr int longest = 31;
    Day first;
    int days = 1;  ///< 1 to longest
};

/// The airtime of one day, and how full it is.
struct PlannedDay {
    AirtimeDay airtime;                                          ///< without dayparts: these are
    std::vector<std::pair<OpenDaypart, Milliseconds>> dayparts;  ///< each with how much of it is taken
};

/// "What will the station sound on these days": any for which occurrences are known, with why the rest will not.
struct PlannedDays {
    Station station;
    Plan plan;  ///< its window is those days
    std::vector<PlannedDay> days;
};

/// The stations in or below an area on the same days.
struct AreaPlannedDays {
    std::vector<PlannedDays> stations;  ///< ordered by id
    std::optional<StationId> next;      ///< the first of the next page
};

/// Throws Error: notFound; invalid "bad-days" for a number of days out of range, "beyond-horizon".
PlannedDays plannedDays(Scheduler& scheduler, const StationId& station, const DaySpan& span);

/// A page of stations, from the id `from` on: at most 50, fewer where each has many days. All are seen at one moment.
/// Throws likewise.
AreaPlannedDays plannedDaysOf(Scheduler& scheduler, const AreaId& area, const DaySpan& span, const StationId& from);

}  // namespace loa
