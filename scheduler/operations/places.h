#pragma once
#include "scheduler/domain/area.h"
#include "scheduler/domain/station.h"
#include "scheduler/operations/scheduler.h"

namespace loa {

/// Each saves (the name composed, on one line; what was saved comes back) or removes, and then notes that the plan
/// has changed, since it depends on where a station stands. The actor must keep the place where it is stored and the
/// one it is moved to, by what is stored when it is written. They throw Error: invalid for a bad id, name, zone or an
/// inverted validity; notFound; conflict where something hangs on it, or "id-taken" by what is out of sight; forbidden.
Area saveArea(Scheduler& scheduler, Area area);
void removeArea(Scheduler& scheduler, const AreaId& id);
Station saveStation(Scheduler& scheduler, Station station);
void removeStation(Scheduler& scheduler, const StationId& id);

}  // namespace loa
