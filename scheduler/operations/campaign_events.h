#pragma once
#include <vector>

#include "scheduler/domain/campaign.h"
#include "scheduler/operations/office_rules.h"

namespace loa {

/// The events that air the placements: few rules, so that any calendar shows them well, aimed at the stations one by
/// one. The same placements give events of the same ids and content; `now` is noted as the time they were made.
std::vector<Event> campaignEvents(const Campaign& campaign, const std::vector<Placement>& placements,
                                  const OfficeRules& office, Instant now);

}  // namespace loa
