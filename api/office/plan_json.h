#pragma once
#include "api/wire/json.h"
#include "scheduler/operations/planned_days.h"
#include "scheduler/operations/publish_manifest.h"

namespace loa {

/// What a station shall sound, beside what was refused and why.
Json toJson(const Plan& plan);
/// One day of a station: its plan, and the airtime it has.
Json toJson(const PlannedDays& days);
/// The stations of an area on one day, a page of them.
Json toJson(const AreaPlannedDays& days);

}  // namespace loa
