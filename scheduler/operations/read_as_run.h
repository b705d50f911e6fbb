#pragma once
#include <functional>
#include <optional>
#include <span>
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

/// One station that was asked about, and the period that means for it.
struct AsRunScope {
    Station station;
    Interval period;
};

/// By station id. Throws Error: notFound; invalid for an empty or inverted period and for one longer than ten years.
std::vector<AsRunScope> asRunScopes(Scheduler& scheduler, const AsRunQuestion& question);

/// What became of every slot that was planned to start in the periods, by planned start, then station. Handed over a
/// month of all stations at a time, so that ten years take no more memory than a month.
void readAsRun(Scheduler& scheduler, std::span<const AsRunScope> scopes,
               const std::function<void(std::span<const AsRun> lines)>& take);

}  // namespace loa
