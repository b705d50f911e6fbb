#pragma once
#include <memory>
#include <optional>
#include <set>
#include <span>

#include "scheduler/domain/campaign.h"
#include "scheduler/domain/feed.h"
#include "scheduler/domain/office_order.h"
#include "scheduler/operations/office_rules.h"
#include "scheduler/operations/scheduler.h"
#include "scheduler/storage/transaction.h"
#include "scheduler/storage/upload_repository.h"

namespace loa {

/// What of the office the actor sees, and whose it is. A station is seen by who sees its area; an event or a campaign
/// by who sees its owner, or a station it airs at; media by who sees one of the places it was uploaded for, or an
/// event, a campaign, an order or a template that airs it, and by everybody where it was uploaded for the whole office;
/// a feed by who sees what it shows. What is not seen is not there.
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
    /// One for an area above is there for who is below, too.
    bool orderTemplate(const OrderTemplate& made) const {
        return !made.area || standing_.reaches(*made.area) || area(*made.area);
    }
    /// Those of an order's stations that are the actor's to see.
    std::vector<OrderAtStation> shown(std::vector<OrderAtStation> stations) const;

    /// Of what airs here and elsewhere what is the actor's to see: the targets that reach into their sight,
    /// the changes at stations in it, the owner if it lies in it or above it. All else of it stays as it is.
    Event shown(const Event& event) const;
    Campaign shown(Campaign campaign) const;
    /// Media under the name it has at the first of the actor's places that has it; where none has, under that of what
    /// airs it.
    MediaItem shown(MediaItem item) const;
    /// The title of an event that the actor sees and hears it in; empty where there is none.
    std::optional<std::string> eventWith(const MediaId& id) const;

    /// Whose plan it is in; empty: the whole office's.
    std::optional<AreaId> ownerOf(const Event& event) const { return ownerOf(event.owner, event.targets); }
    std::optional<AreaId> ownerOf(const Campaign& campaign) const { return ownerOf(campaign.owner, campaign.targets); }
    std::optional<AreaId> ownerOf(const Feed& feed) const;

private:
    std::optional<AreaId> ownerOf(const std::optional<AreaId>& own, std::span<const Target> targets) const;
    bool aired(const std::optional<AreaId>& owner, const std::vector<Target>& targets) const;
    std::optional<std::string> campaignWith(const MediaId& id) const;
    std::optional<std::string> orderWith(const MediaId& id) const;
    bool reaches(const Target& target) const;  ///< it lies in sight, or above what does

    ReadTransaction& transaction_;
    const Standing& standing_;
    std::shared_ptr<const OfficeRules> office_;  ///< shared with the manifest shelf, which made it
};

/// For whom the actor uploads: the areas they may add media at; none: the whole office.
std::set<AreaId> uploadPlaces(const Scheduler& scheduler);

/// Whether the actor may change or remove what is stored: they hold the right to at its owner, at all its targets and
/// at all stations that do something else. So nobody takes away what they do not see.
bool isOwn(ReadTransaction& transaction, const Scheduler& scheduler, const Event& stored);
bool isOwn(ReadTransaction& transaction, const Scheduler& scheduler, const Campaign& stored);

/// Throws Error unless the actor may plan the event as it is asked for, at its owner and at each of its targets;
/// conflict "event-exists" where one out of their sight is stored under its id.
void requireOwn(ReadTransaction& transaction, const Scheduler& scheduler, const Event& event);
/// Likewise for the owner and the targets.
void requireOwn(ReadTransaction& transaction, const Scheduler& scheduler, const Campaign& campaign);

}  // namespace loa
