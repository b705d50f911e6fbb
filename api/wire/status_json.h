#pragma once
#include <string>
#include <string_view>

#include "scheduler/domain/station_status.h"

namespace loa {

/// The body of POST /v1/stations/{station}/status.
std::string toJson(const StationStatus& status);
/// Throws Error(malformed).
StationStatus statusFromJson(std::string_view text);

}  // namespace loa
