#pragma once
#include <optional>
#include <set>
#include <vector>

#include "scheduler/domain/campaign.h"
#include "scheduler/storage/transaction.h"

namespace loa {

struct CampaignRepository {
    static std::optional<Campaign> find(ReadTransaction& transaction, const CampaignId& id);
    /// Ordered by first day, the latest first, then id.
    static std::vector<Campaign> all(ReadTransaction& transaction);
    /// Adds or replaces it; its events stay as they are. All its announcements must be stored media.
    static void save(WriteTransaction& transaction, const Campaign& campaign);
    /// False when it is not there. Its events stay.
    static bool remove(WriteTransaction& transaction, const CampaignId& id);
    /// The events that air it and those that once did, whether or not they or the campaign are still there.
    static std::set<EventId> everAiring(ReadTransaction& transaction, const CampaignId& id);
};

}  // namespace loa
