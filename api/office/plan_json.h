#pragma once
#include "api/wire/json.h"
#include "scheduler/operations/publish_manifest.h"
#include "scheduler/operations/station_day.h"

namespace loa {

/// What a station shall sound, beside what was refused and why.
Json toJson(const Plan& plan);
/// One day of a station: its plan, and the airtime it has.
Json toJson(const StationDay& day);
/// The stations of an area on one day, a page of them.
Json toJson(const AreaDay& day);

}  // namespace loa
