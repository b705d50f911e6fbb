#pragma once
#include <memory>
#include <optional>
#include <set>

#include "scheduler/domain/campaign.h"
#include "scheduler/domain/feed.h"
#include "scheduler/operations/office_rules.h"
#include "scheduler/operations/scheduler.h"
#include "scheduler/storage/transaction.h"
#include "scheduler/storage/upload_repository.h"

namespace loa {

/// What of the office the actor sees, and whose it is. A station is seen by who sees its area; an event or a campaign
/// by who sees its owner, or a station it airs at; media by who sees one of the places it was uploaded for, or an event
/// or a campaign that airs it, and by everybody where it was uploaded for the whole office; a feed by who sees what it
/// shows. What is not seen is not there.
class Sight {
public:
    Sight(ReadTransaction& transaction, const Scheduler& scheduler);

    bool area(const AreaId& id) const { return standing_.sees(id); }
    bool target(const Target& target) const;
    bool event(const Event& event) const;
    bool campaign(const Campaign& campaign) const;
    bool media(const MediaId& id) const;
    bool upload(const Upload& upload) const;
    bool feed(const Feed& feed) const;

    /// Whose plan it is in; empty: the whole office's.
    std::optional<AreaId> ownerOf(const Event& event) const;
    std::optional<AreaId> ownerOf(const Campaign& campaign) const;
    std::optional<AreaId> ownerOf(const Feed& feed) const;

private:
    bool aired(const std::optional<AreaId>& owner, const std::vector<Target>& targets) const;

    ReadTransaction& transaction_;
    const Standing& standing_;
    std::shared_ptr<const OfficeRules> office_;  ///< shared with the manifest shelf, which made it
};

/// For whom the actor uploads: the areas they may add media at; none: the whole office.
std::set<AreaId> uploadPlaces(const Scheduler& scheduler);

/// Throws Error unless the actor may do this with the event: with what is stored under its id, at its owner, and at
/// each of its targets. What the actor does not see is refused as what is not there.
void requireOwn(ReadTransaction& transaction, const Scheduler& scheduler, const Event& event);
/// Likewise; `campaign` as it is asked for.
void requireOwn(ReadTransaction& transaction, const Scheduler& scheduler, const Campaign& campaign);

}  // namespace loa
