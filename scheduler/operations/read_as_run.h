#pragma once
#include <optional>
#include <variant>
#include <vector>

#include "scheduler/domain/area.h"
#include "scheduler/domain/as_run.h"
#include "scheduler/domain/station.h"
#include "scheduler/operations/scheduler.h"

namespace loa {

/// Whole days of each station's own zone, both included.
struct DayPeriod {
    Day first;
    Day last;
};

struct AsRunQuestion {
    std::variant<Interval, DayPeriod> period;
    std::optional<StationId> station;
    std::optional<AreaId> area;  ///< stations in or below it
};

struct AsRunAnswer {
    std::vector<Station> stations;  ///< all that were asked about, by name
    std::vector<AsRun> lines;       ///< by planned start, then station
};

/// What became of every slot that was planned to start in the period. Throws Error: notFound; invalid for an empty or
/// inverted period and for one longer than ten years.
AsRunAnswer readAsRun(Scheduler& scheduler, const AsRunQuestion& question);

}  // namespace loa
