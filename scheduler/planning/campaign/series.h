#pragma once
#include <chrono>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "scheduler/domain/campaign.h"

namespace loa {

/// What a wall clock of the zone shows at the instant, in whole seconds (scheduler/calendar knows zones).
using LocalTimeOf = std::function<std::chrono::local_seconds(Instant at, const std::string& zone)>;
/// The station's zone, an IANA name.
using ZoneOf = std::function<std::string(const StationId& station)>;

/// One series of a campaign, as a VEVENT can say it: an announcement at one time of day on the days of one rule.
struct CampaignSeries {
    MediaId announcement;
    std::string zone;
    std::vector<StationId> stations;   ///< ascending
    std::chrono::local_seconds start;  ///< of the first airing, in the zone (DTSTART)
    std::string rule;                  ///< an RRULE value with UNTIL in UTC (RFC 5545 3.3.10); empty: once
    std::vector<Day> excluded;         ///< days of the rule on which nothing airs (EXDATE, at the same time of day)
    std::vector<Placement> notAt;      ///< airings of the rule that do not sound at one of the stations
    bool operator==(const CampaignSeries&) const = default;
};

/// The placements as few series: together they air what the placements say, no more and no less. Ordered by start.
/// Rules are FREQ=DAILY and FREQ=WEEKLY with INTERVAL and BYDAY, few exclusions, and no COUNT.
std::vector<CampaignSeries> campaignSeries(std::span<const Placement> placements, const ZoneOf& zoneOf,
                                           const LocalTimeOf& localTimeOf);

}  // namespace loa
