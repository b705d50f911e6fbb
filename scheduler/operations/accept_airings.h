#pragma once
#include <vector>

#include "scheduler/domain/airing.h"
#include "scheduler/domain/station_status.h"
#include "scheduler/operations/scheduler.h"

namespace loa {

/// Takes a station's airings in; returns when they are durable, with their ids. All must be its own. Throws Error:
/// notFound; invalid "foreign-airing"; conflict "airing-differs"; unavailable "disk-full", also when only the reserve
/// is left (disk_room.h): nothing is acknowledged that is not kept.
std::vector<AiringId> acceptAirings(Scheduler& scheduler, const StationId& station, std::vector<Airing> airings);

/// Keeps what the station last said of itself, and tells which of its airings the office lacks. A station that holds a
/// newer manifest than the office knows of shows that the office was restored from a back-up: its next manifest is
/// numbered above that one, and made at once. Throws Error(notFound).
LackingAirings acceptStatus(Scheduler& scheduler, const StationId& station, const StationStatus& status);

}  // namespace loa
