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

/// The member "volumeCeilingDb", where it is there, and "trimMs". They throw Error(malformed).
std::optional<int> volumeCeilingFrom(ObjectReader& reader);
Milliseconds trimFrom(ObjectReader& reader);

}  // namespace loa
