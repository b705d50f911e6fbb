#pragma once
#include "scheduler/domain/campaign.h"
#include "scheduler/planning/campaign/day.h"
#include "scheduler/planning/refusal.h"

namespace loa {

/// Why no more than `placed` of the airings asked for fit on that day: the first rule, in the order of MissingAirings'
/// codes, without which more would; "no-room" where it takes more than one.
Refusal whyMissing(const Campaign& campaign, const CampaignTerms& terms, const Seats& seats, std::size_t index,
                   int placed);

/// For a day on which the station is not there, and for one that is over.
Refusal stationNotThere();
Refusal dayIsPast();

}  // namespace loa
