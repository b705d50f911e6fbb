#pragma once
#include "api/wire/json.h"
#include "scheduler/domain/area.h"
#include "scheduler/domain/station.h"

namespace loa {

Json toJson(const Area& area);
Json toJson(const Station& station);
/// The body of PUT /v1/areas/{area} and /v1/stations/{station}; the id comes from the path. They throw
/// Error(malformed).
Area areaFromJson(const AreaId& id, std::string_view text);
Station stationFromJson(const StationId& id, std::string_view text);

}  // namespace loa
