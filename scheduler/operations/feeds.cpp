// Calendars out, for whoever knows their address. The secret in it is 256 random bits, of which only SHA-256 is stored;
// it opens nothing else. A feed is composed from the events as they are planned: what airs of them, manifests say.
#include "scheduler/operations/feeds.h"

#include <algorithm>
#include <functional>
#include <set>

#include "scheduler/calendar/write_feed.h"
#include "scheduler/operations/audit.h"
#include "scheduler/operations/audit_facts.h"
#include "scheduler/operations/clean_name.h"
#include "scheduler/operations/may.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/operations/publish_manifest.h"
#include "scheduler/operations/sight.h"
#include "scheduler/storage/area_repository.h"
#include "scheduler/storage/campaign_repository.h"
#include "scheduler/storage/event_repository.h"
#include "scheduler/storage/feed_repository.h"
#include "scheduler/storage/media_repository.h"
#include "scheduler/storage/plan_version.h"
#include "scheduler/storage/station_repository.h"

namespace loa {
namespace {

constexpr std::size_t secretBytes = 32;
constexpr std::size_t idBytes = 8;
constexpr Milliseconds touchEvery = std::chrono::hours{1};

Error nothingThere() {
    return {Fault::notFound,
            "no-such-feed",
            {"Không có lịch nào ở địa chỉ này. Hỏi người quản trị địa chỉ mới.",
             "There is no calendar at this address. Ask the administrator for a new one."}};
}

/// What people call it; empty when it is not there.
struct NameOf {
    ReadTransaction& transaction;

    std::optional<std::string> operator()(const StationId& id) const {
        const auto station = StationRepository::find(transaction, id);
        return station ? std::optional{station->name} : std::nullopt;
    }
    std::optional<std::string> operator()(const AreaId& id) const {
        const auto area = AreaRepository::find(transaction, id);
        return area ? std::optional{area->name} : std::nullopt;
    }
    std::optional<std::string> operator()(const CampaignId& id) const {
        const auto campaign = CampaignRepository::find(transaction, id);
        return campaign ? std::optional{campaign->title} : std::nullopt;
    }
};

[[noreturn]] void refuseTarget(const FeedTarget& target) {
    if (const auto* station = std::get_if<StationId>(&target)) throw noSuchStation(*station);
    if (const auto* area = std::get_if<AreaId>(&target)) throw noSuchArea(*area);
    throw noSuchCampaign(std::get<CampaignId>(target));
}

/// Composes one feed from what one transaction sees.
class FeedComposer {
public:
    FeedComposer(ReadTransaction& transaction, Scheduler& scheduler)
        : transaction_{transaction}, office_{scheduler.manifests.office(transaction)}, zone_{scheduler.zone} {
        for (const auto& station : office_->stations) names_.emplace(station.id, station.name);
        for (const auto& area : office_->areas) names_.emplace(area.id, area.name);
    }

    FeedContent operator()(const StationId& id) {
        const auto& station = office_->station(id);
        zone_ = station.zone;
        std::set<Target> reaching{id};
        addAbove(station.area, reaching);
        return contentOf(EventRepository::all(transaction_), reaching, &station);
    }
    FeedContent operator()(const AreaId& id) {
        return contentOf(EventRepository::all(transaction_), reachingInto(id), nullptr);
    }
    /// Of a campaign what reaches its owner: a feed goes to whoever has its address.
    FeedContent operator()(const CampaignId& id) {
        const auto campaign = CampaignRepository::find(transaction_, id).value();
        const auto owner = office_->places.ownerOf(campaign.owner, campaign.targets);
        std::optional<std::set<Target>> reaching;
        if (!owner.text().empty()) reaching = reachingInto(owner);
        return contentOf(EventRepository::ofCampaign(transaction_, id), reaching, nullptr);
    }

private:
    std::set<Target> reachingInto(const AreaId& id) const {
        std::set<Target> reaching;
        addAbove(id, reaching);
        for (const auto& area : AreaRepository::descendants(transaction_, id)) reaching.insert(area.id);
        for (const auto& station : StationRepository::byArea(transaction_, id)) reaching.insert(station.id);
        return reaching;
    }

    void addAbove(const AreaId& area, std::set<Target>& reaching) const {
        for (const auto* above : office_->places.wayUp(area)) reaching.insert(above->id);
    }

    FeedContent contentOf(const std::vector<StoredEvent>& events, const std::optional<std::set<Target>>& reaching,
                          const Station* station) {
        FeedContent content;
        content.zone = zone_;
        for (const auto& stored : events) {
            const auto& event = stored.event;
            const auto reaches = [&](const Target& target) { return !reaching || reaching->contains(target); };
            auto targets = event.targets;
            std::erase_if(targets, std::not_fn(reaches));
            if (targets.empty()) continue;
            if (stored.state == DraftState::rejected || stored.state == DraftState::withdrawn) continue;
            content.events.push_back({event, stored.updated, station ? station->name : namesOf(targets),
                                      station ? changesAt(event, *station) : std::vector<FeedChange>{},
                                      stored.state == DraftState::approved});
        }
        return content;
    }

    std::string namesOf(const std::vector<Target>& targets) const {
        std::string places;
        for (const auto& target : targets)
            if (const auto name = names_.find(target); name != names_.end())
                places += (places.empty() ? "" : ", ") + name->second;
        return places;
    }

    std::vector<FeedChange> changesAt(const Event& event, const Station& station) {
        std::vector<FeedChange> changes;
        for (const auto& own : event.stationOverrides)
            if (own.station == station.id)
                changes.push_back(
                    {own.original, own.dropped, own.start, own.source ? titleOf(*own.source, station) : ""});
        return changes;
    }

    /// What it is called at the station's area or above; empty where that has no name for it.
    std::string titleOf(const Source& source, const Station& station) const {
        const auto& media = std::get<MediaSource>(source).media;
        const auto places = MediaRepository::placesOf(transaction_, media);
        for (const auto* area : office_->places.wayUp(station.area))
            for (const auto& place : places)
                if (place.area == area->id) return place.title;
        const auto item = places.empty() ? MediaRepository::find(transaction_, media) : std::nullopt;
        return item ? item->title : "";
    }

    ReadTransaction& transaction_;
    std::shared_ptr<const OfficeRules> office_;
    std::string zone_;
    std::map<Target, std::string> names_;
};

AnswerText compose(ReadTransaction& transaction, Scheduler& scheduler, const Feed& feed, Instant today) {
    auto content = std::visit(FeedComposer{transaction, scheduler}, feed.target);
    content.id = "feed-" + feed.id.text() + "@loa";
    content.name = feed.name;
    content.description = "Lịch phát thanh do Loa cập nhật, chỉ để xem.";
    content.window = {today - feedPast, today + feedHorizon};
    return taggedAnswer(writeFeed(content));
}

/// When a feed was last read helps people; nothing depends on it.
void noteUse(Scheduler& scheduler, const Feed& feed, Instant now) {
    if (feed.lastUsed && now - *feed.lastUsed < touchEvery) return;
    try {
        scheduler.database.write(
            [&](WriteTransaction& transaction) { FeedRepository::touch(transaction, feed.id, now); });
    } catch (const std::exception&) {
        // Full or busy: the caller only wants to read.
    }
}

}  // namespace

CreatedFeed createFeed(Scheduler& scheduler, const FeedTarget& target, const std::string& name) {
    const auto secret = "loa_feed_" + randomHex(secretBytes);
    return scheduler.database.write([&](WriteTransaction& transaction) {
        const auto targetName = std::visit(NameOf{transaction}, target);
        if (!targetName) refuseTarget(target);
        const Feed feed{FeedId{randomHex(idBytes)}, target,       name.empty() ? *targetName : cleanName(name),
                        scheduler.clock.now(),      std::nullopt, std::nullopt};
        const Sight sight{transaction, scheduler};
        if (!sight.feed(feed)) refuseTarget(target);
        requireRight(scheduler, Right::shareFeeds, sight.ownerOf(feed));
        FeedRepository::add(transaction, feed, sha256Hex(secret));
        audit(transaction, scheduler, "share-feed", auditObject(feed.id), {}, auditFacts(feed));
        return CreatedFeed{feed, secret};
    });
}

std::vector<Feed> openFeeds(Scheduler& scheduler) {
    return scheduler.database.read([&](ReadTransaction& transaction) {
        const Sight sight{transaction, scheduler};
        auto feeds = FeedRepository::all(transaction);
        std::erase_if(feeds, [&](const Feed& feed) { return feed.revoked || !sight.feed(feed); });
        return feeds;
    });
}

void revokeFeed(Scheduler& scheduler, const FeedId& feed) {
    scheduler.database.write([&](WriteTransaction& transaction) {
        const auto before = FeedRepository::find(transaction, feed);
        if (!FeedRepository::revoke(transaction, feed, scheduler.clock.now())) throw noSuchFeed(feed);
        audit(transaction, scheduler, "revoke-feed", auditObject(feed), auditFacts(before), {});
    });
}

AnswerText readFeed(Scheduler& scheduler, const std::string& secret) {
    const auto now = scheduler.clock.now();
    const auto today = std::chrono::floor<std::chrono::days>(now);
    const auto [feed, text] = scheduler.database.read([&](ReadTransaction& transaction) {
        auto found = FeedRepository::findByHash(transaction, sha256Hex(secret));
        if (!found || found->revoked || !std::visit(NameOf{transaction}, found->target)) throw nothingThere();
        const FeedState state{PlanVersion::current(transaction), today};
        auto made = scheduler.feeds.find(state, found->id.text());
        if (!made) {
            made = compose(transaction, scheduler, *found, today);
            scheduler.feeds.keep(state, found->id.text(), *made, made->text->size());
        }
        return std::pair{*std::move(found), *std::move(made)};
    });
    noteUse(scheduler, feed, now);
    return text;
}

}  // namespace loa
