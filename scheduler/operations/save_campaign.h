#pragma once
#include <optional>
#include <string>
#include <vector>

#include "scheduler/domain/campaign.h"
#include "scheduler/operations/save_events.h"
#include "scheduler/planning/campaign/plan_campaign.h"

namespace loa {

/// What nobody re-plans any more: stations prepare it already.
constexpr std::chrono::minutes campaignLead{10};

/// A campaign with what airs it: as it would be saved, or was.
struct PlannedCampaign {
    Campaign campaign;
    CampaignProposal proposal;
    std::vector<Event> events;  ///< series that together air the proposal's placements, ordered by start
    int changed = 0;            ///< events that are new, or not as they were
    int removed = 0;            ///< events that are no more
    std::string tag;            ///< changes exactly when the placements do
};

/// Plans the campaign around all that is planned already. With Keep::yes it is saved, with its events in place of those
/// it had; what begins within campaignLead stays as it was, and of the rest as much as the better plan allows. Without
/// an id it gets one. Of the announcements only the ids are asked for. Throws Error: what planCampaign throws; invalid
/// "unknown-media", "unknown-target", "no-name", "beyond-horizon"; notFound for an id that is none; changed
/// "plan-changed" where `expectedTag` is given and the plan would be another one by now.
PlannedCampaign saveCampaign(Scheduler& scheduler, Campaign campaign, Keep keep,
                             const std::optional<std::string>& expectedTag = {});

/// Takes it out of the plan with all that it has not aired yet. Throws Error(notFound).
void removeCampaign(Scheduler& scheduler, const CampaignId& id);

}  // namespace loa
