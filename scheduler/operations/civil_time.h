#pragma once
#include "scheduler/planning/civil_time.h"

namespace loa {

/// As scheduler/calendar knows it.
const CivilTime& civilTime();

}  // namespace loa
