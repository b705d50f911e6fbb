#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "scheduler/domain/campaign.h"
#include "scheduler/planning/seats.h"

namespace loa {

/// What a campaign finds at one station. The airtime covers the campaign's days and, for quiet hours over midnight, the
/// day before; a day of the campaign that it does not cover is one on which the station is not there. Seated is what is
/// planned already, but for this campaign's own airings.
struct StationRoom {
    StationId station;
    const Seats* seats;  ///< outlives the planning
};

/// Airings that are asked for on one day at one station and do not fit.
struct MissingAirings {
    StationId station;
    Day day;
    int count = 0;
    /// The first that fits: "station-not-valid", "past", "special-day", "outside-dayparts", "announcement-too-long";
    /// then the first rule without which more would air: "campaign-share", "too-many-airings", "over-ceiling",
    /// "quiet-hours", "overlap", "campaign-gap"; "no-room" where it takes more than one.
    std::string code;
    Words reason;
};

/// What others may still air, with this campaign in place.
struct AirtimeLeft {
    StationId station;
    std::string daypart;    ///< its name; every station has one row for each name
    Milliseconds left{0};   ///< of its ceilings, over the campaign's days
    Milliseconds taken{0};  ///< of them, by this campaign
    bool operator==(const AirtimeLeft&) const = default;
};

struct CampaignProposal {
    std::vector<Placement> placements;    ///< ordered by station, then start
    std::vector<MissingAirings> missing;  ///< ordered by station, then day
    std::vector<AirtimeLeft> left;        ///< ordered by station, then name
    CampaignScore score;
    bool proven = true;  ///< airings and spreads are the best there are; the rest is near it (README)
};

/// Plans the campaign; nothing is saved. Starts are whole minutes of the civil day; no airing crosses midnight. The
/// best plan by CampaignScore: exact in the airings and all spreads where `proven`, near the best in gaps and moves.
/// Among equals each station airs at the same times every day, at round ones, and in turn. `earlier` is the plan this
/// one shall stay close to. Before `from` nothing is planned: what `earlier` has there stays and counts. Throws Error
/// (invalid): "campaign-without-announcements", "campaign-announcement", "campaign-days", "campaign-airings",
/// "campaign-gap", "campaign-share", "campaign-without-stations".
CampaignProposal planCampaign(const Campaign& campaign, std::span<const StationRoom> stations,
                              std::span<const Placement> earlier = {}, std::optional<Instant> from = {});

}  // namespace loa
