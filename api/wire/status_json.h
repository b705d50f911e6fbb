#pragma once
#include <string>
#include <string_view>

#include "scheduler/domain/airing.h"
#include "scheduler/domain/station_status.h"

namespace loa {

/// The body of POST /v1/stations/{station}/status.
std::string toJson(const StationStatus& status);
/// Throws Error(malformed).
StationStatus statusFromJson(std::string_view text);

/// The answer: {"lacking": {"epoch": …, "ranges": [{"first": …, "last": …}]}}, what the station is to send again if it
/// still has it.
std::string toJson(const LackingAirings& lacking);
/// Throws Error(malformed).
LackingAirings lackingFromJson(std::string_view text);

}  // namespace loa
