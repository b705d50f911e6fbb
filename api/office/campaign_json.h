#pragma once
#include <string_view>

#include "api/wire/json.h"
#include "scheduler/operations/save_campaign.h"

namespace loa {

/// What the office asks of the planner; its announcements have their ids alone. Throws Error(malformed) naming the
/// member; invalid for a target that cannot be read.
Campaign campaignFromJson(const CampaignId& id, std::string_view text);
Json toJson(const Campaign& campaign);

/// The proposal: its score, what is missing and why, the airtime left, the events that air it, and, where asked for,
/// every single airing.
Json toJson(const PlannedCampaign& planned, bool withPlacements);

}  // namespace loa
