#pragma once
#include <span>
#include <vector>

#include "scheduler/planning/campaign/plan_campaign.h"

namespace loa {

/// What others may still air at the station, with `own`, its placements ordered by start, in place.
std::vector<AirtimeLeft> airtimeLeft(const Campaign& campaign, const StationRoom& station,
                                     std::span<const Placement> own);

}  // namespace loa
