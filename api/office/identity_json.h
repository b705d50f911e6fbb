#pragma once
#include "api/wire/json.h"
#include "scheduler/domain/station_identity.h"

namespace loa {

/// For the office's people, who compare the words with those that the box shows.
Json toJson(const StationIdentity& identity);

}  // namespace loa
