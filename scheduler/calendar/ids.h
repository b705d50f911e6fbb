#pragma once
#include <string>
#include <string_view>

#include "scheduler/domain/id.h"

namespace loa {

bool isMediaId(std::string_view text);  ///< a SHA-256 in lower case

/// Ids of Loa as a calendar writes them. Throw Error (invalid) with the line: "bad-media"; "bad-target" and
/// "bad-campaign" where it is not how the API names one.
MediaId mediaIdFrom(std::string_view text, int line);
StationId stationIdFrom(std::string_view text, int line);
AreaId areaIdFrom(std::string_view text, int line);
CampaignId campaignIdFrom(std::string_view text, int line);

}  // namespace loa
