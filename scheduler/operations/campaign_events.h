#pragma once
#include <vector>

#include "scheduler/domain/campaign.h"
#include "scheduler/operations/office_rules.h"

namespace loa {

/// The events that air the placements: few rules, so that any calendar shows them well. A series that goes on in other
/// words keeps the id of the one among `stored` that airs the same announcement at the same time of day at most of its
/// stations, so that what does not move keeps its slots; one that says the same is that event. Series that reach all
/// the campaign's stations have its targets, others their stations one by one. `now` is noted as the time they were
/// made.
std::vector<Event> campaignEvents(const Campaign& campaign, const std::vector<Placement>& placements,
                                  const OfficeRules& office, const std::vector<Event>& stored, Instant now);

}  // namespace loa
