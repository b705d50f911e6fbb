#pragma once
#include <optional>
#include <string>
#include <variant>

#include "scheduler/domain/id.h"
#include "scheduler/domain/time.h"

namespace loa {

using FeedId = Id<struct FeedTag>;

/// What a feed shows: the plan of one station, of an area with all stations below it, or of one campaign.
using FeedTarget = std::variant<StationId, AreaId, CampaignId>;

/// A calendar that any calendar program reads, at an address only its holders know, until it is revoked.
struct Feed {
    FeedId id;
    FeedTarget target;
    std::string name;  ///< what calendar programs call it
    Instant created{};
    std::optional<Instant> lastUsed;  ///< to the hour
    std::optional<Instant> revoked;
    bool operator==(const Feed&) const = default;
};

}  // namespace loa
