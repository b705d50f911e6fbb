#pragma once
#include <vector>

#include "scheduler/domain/airtime.h"
#include "scheduler/operations/scheduler.h"

namespace loa {

/// Replaces the rules of an area, names composed; what was saved comes back. Throws Error: notFound, and invalid as
/// checkAirtime.
std::vector<Airtime> saveAirtime(Scheduler& scheduler, const AreaId& area, std::vector<Airtime> rules);

/// The rules the area itself sets. Throws Error(notFound).
std::vector<Airtime> readAirtimeOf(Scheduler& scheduler, const AreaId& area);

}  // namespace loa
