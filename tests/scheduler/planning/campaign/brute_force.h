#pragma once
#include "scheduler/domain/campaign.h"
#include "tests/scheduler/planning/campaign/campaign_case.h"

namespace loa::test {

/// The best score of all plans there are: tries every set of starts on every whole minute, asking Seats each time. For
/// cases with a handful of starts a day.
CampaignScore bestScore(const CampaignCase& small);

}  // namespace loa::test
