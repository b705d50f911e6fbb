#pragma once
#include <optional>
#include <utility>
#include <vector>

#include "scheduler/operations/compose_plan.h"
#include "scheduler/operations/scheduler.h"

namespace loa {

/// "What will the station sound on day D": any day for which occurrences are known, with why the rest will not, and the
/// airtime it has.
struct StationDay {
    Station station;
    Plan plan;                                                   ///< its window is the civil day of the station's zone
    AirtimeDay airtime;                                          ///< without dayparts: these are
    std::vector<std::pair<OpenDaypart, Milliseconds>> dayparts;  ///< each with how much of it is taken
};

/// The stations in or below an area on one day.
struct AreaDay {
    std::vector<StationDay> stations;  ///< ordered by id
    std::optional<StationId> next;     ///< the first of the next page
};

/// Throws Error: notFound; invalid "beyond-horizon".
StationDay stationDay(Scheduler& scheduler, const StationId& station, Day day);

/// At most `limit` stations, from the id `from` on. All are seen at one moment. Throws likewise.
AreaDay areaDay(Scheduler& scheduler, const AreaId& area, Day day, const StationId& from, std::size_t limit);

}  // namespace loa
