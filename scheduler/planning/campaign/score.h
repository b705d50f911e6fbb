#pragma once
#include <span>

#include "scheduler/domain/campaign.h"
#include "scheduler/planning/campaign/plan_campaign.h"

namespace loa {

/// Counts how good the placements are, whoever made them; `placements` ordered by station, then start. It does not ask
/// whether they may sound.
CampaignScore campaignScore(const Campaign& campaign, std::span<const StationRoom> stations,
                            std::span<const Placement> placements, std::span<const Placement> earlier);

}  // namespace loa
