#include "scheduler/operations/sight.h"

#include <algorithm>

#include "scheduler/calendar/named_media.h"
#include "scheduler/calendar/write_events.h"
#include "scheduler/operations/may.h"
#include "scheduler/operations/publish_manifest.h"
#include "scheduler/storage/campaign_repository.h"
#include "scheduler/storage/event_repository.h"
#include "scheduler/storage/media_repository.h"
#include "scheduler/storage/order_repository.h"
#include "scheduler/storage/order_template_repository.h"

namespace loa {
namespace {

Error eventExists() {
    return {Fault::conflict,
            "event-exists",
            {"Đã có lịch mang mã này. Đặt mã khác, hoặc bỏ mã đi.",
             "there is an event with this id already; give it another id, or none"}};
}

Error noPlace() {
    return {Fault::invalid,
            "no-place",
            {"Chưa chọn nơi phát. Chọn trạm hoặc địa bàn của anh/chị.",
             "choose a station or an area of your own; without one nobody would see it"}};
}

Right rightFor(const Event& event) {
    return event.campaign ? Right::planCampaigns : Right::draft;
}

bool holdsAtAll(ReadTransaction& transaction, const Scheduler& scheduler, Right right,
                const std::optional<AreaId>& owner, const std::vector<Target>& targets) {
    return scheduler.standing.holdsAt(right, owner) &&
           (targets.empty() || mayAt(transaction, scheduler, right, targets));
}

void requireOwn(ReadTransaction& transaction, const Scheduler& scheduler, Right right,
                const std::optional<AreaId>& owner, const std::vector<Target>& targets) {
    if (!owner && targets.empty() && !scheduler.standing.holdsAt(right, owner)) throw noPlace();
    if (!holdsAtAll(transaction, scheduler, right, owner, targets)) throw forbidden();
}

}  // namespace

Sight::Sight(ReadTransaction& transaction, const Scheduler& scheduler)
    : transaction_{transaction}, standing_{scheduler.standing}, office_{scheduler.manifests.office(transaction)} {}

bool Sight::target(const Target& target) const {
    if (standing_.seesAll()) return true;
    const auto area = areaOf(transaction_, target);
    return area && standing_.sees(area);
}

bool Sight::aired(const std::optional<AreaId>& owner, const std::vector<Target>& targets) const {
    if (standing_.seesAll() || (owner && standing_.sees(owner))) return true;
    return std::ranges::any_of(targets, [&](const Target& target) { return reaches(target); });
}

bool Sight::reaches(const Target& target) const {
    const auto* area = std::get_if<AreaId>(&target);
    return area ? standing_.reaches(*area) : this->target(target);
}

Event Sight::shown(const Event& event) const {
    if (standing_.seesAll()) return event;
    auto facts = airingFactsOf(event);
    std::erase_if(facts.targets, [&](const Target& each) { return !reaches(each); });
    std::erase_if(facts.stationOverrides, [&](const StationOverride& own) { return !target(own.station); });
    if (facts.owner && !reaches(*facts.owner)) facts.owner.reset();
    return facts == airingFactsOf(event) ? event : withFacts(event, facts);
}

Campaign Sight::shown(Campaign campaign) const {
    std::erase_if(campaign.targets, [&](const Target& each) { return !reaches(each); });
    if (campaign.owner && !reaches(*campaign.owner)) campaign.owner.reset();
    return campaign;
}

bool Sight::event(const Event& event) const {
    return aired(ownerOf(event), event.targets);
}

bool Sight::campaign(const Campaign& campaign) const {
    return aired(ownerOf(campaign), campaign.targets);
}

MediaItem Sight::shown(MediaItem item) const {
    const auto places = MediaRepository::placesOf(transaction_, item.id);
    if (standing_.seesAll() || places.empty()) return item;
    for (const auto& place : places)
        if (!place.removed && standing_.sees(place.area)) {
            item.title = place.title;
            item.originalName = place.originalName;
            return item;
        }
    const auto event = eventWith(item.id);
    const auto campaign = event ? event : campaignWith(item.id);
    item.title = campaign ? *campaign : orderWith(item.id).value_or("");
    item.originalName.clear();
    return item;
}

std::optional<std::string> Sight::eventWith(const MediaId& id) const {
    for (const auto& user : MediaRepository::users(transaction_, id)) {
        const auto stored = EventRepository::find(transaction_, user);
        if (stored && event(stored->event) && namedMedia(shown(stored->event)).contains(id)) return stored->event.title;
    }
    return std::nullopt;
}

std::optional<std::string> Sight::campaignWith(const MediaId& id) const {
    for (const auto& each : CampaignRepository::all(transaction_)) {
        const bool airs = std::ranges::any_of(each.announcements, [&](const MediaItem& item) { return item.id == id; });
        if (airs && campaign(each)) return each.title;
    }
    return std::nullopt;
}

bool Sight::media(const MediaId& id) const {
    if (standing_.seesAll()) return true;
    const auto places = MediaRepository::placesOf(transaction_, id);
    if (places.empty()) return MediaRepository::find(transaction_, id).has_value();
    const auto isHere = [&](const MediaPlace& place) { return !place.removed && standing_.sees(place.area); };
    return std::ranges::any_of(places, isHere) || eventWith(id) || campaignWith(id) || orderWith(id);
}

std::vector<OrderAtStation> Sight::shown(std::vector<OrderAtStation> stations) const {
    std::erase_if(stations, [&](const OrderAtStation& each) { return !area(each.area); });
    return stations;
}

std::optional<std::string> Sight::orderWith(const MediaId& id) const {
    for (const auto& made : OrderTemplateRepository::all(transaction_))
        if (made.sound.media == id && orderTemplate(made)) return made.title;
    for (const auto& order : OrderRepository::withMedia(transaction_, id))
        if (!shown(OrderRepository::stations(transaction_, order.id)).empty()) return order.title;
    return std::nullopt;
}

bool Sight::upload(const Upload& upload) const {
    if (upload.places.empty()) return standing_.seesAll();
    return std::ranges::all_of(upload.places, [&](const AreaId& place) { return standing_.sees(place); });
}

bool Sight::feed(const Feed& feed) const {
    if (const auto* station = std::get_if<StationId>(&feed.target)) return target(*station);
    if (const auto* area = std::get_if<AreaId>(&feed.target)) return target(*area);
    const auto shown = CampaignRepository::find(transaction_, std::get<CampaignId>(feed.target));
    return shown ? campaign(*shown) : standing_.seesAll();
}

std::optional<AreaId> Sight::ownerOf(const std::optional<AreaId>& own, std::span<const Target> targets) const {
    auto owner = office_->places.ownerOf(own, targets);
    return owner.text().empty() ? std::nullopt : std::optional{std::move(owner)};
}

std::optional<AreaId> Sight::ownerOf(const Feed& feed) const {
    if (const auto* station = std::get_if<StationId>(&feed.target)) return areaOf(transaction_, *station);
    if (const auto* area = std::get_if<AreaId>(&feed.target)) return *area;
    const auto shown = CampaignRepository::find(transaction_, std::get<CampaignId>(feed.target));
    return shown ? ownerOf(*shown) : std::nullopt;
}

std::set<AreaId> uploadPlaces(const Scheduler& scheduler) {
    std::set<AreaId> areas;
    for (const auto& place : scheduler.standing.placesOf(Right::addMedia)) {
        if (!place) return {};
        areas.insert(*place);
    }
    return areas;
}

bool isOwn(ReadTransaction& transaction, const Scheduler& scheduler, const Event& stored) {
    auto targets = stored.targets;
    for (const auto& own : stored.stationOverrides) targets.emplace_back(own.station);
    const Sight sight{transaction, scheduler};
    return holdsAtAll(transaction, scheduler, rightFor(stored), sight.ownerOf(stored), targets);
}

bool isOwn(ReadTransaction& transaction, const Scheduler& scheduler, const Campaign& stored) {
    const Sight sight{transaction, scheduler};
    return holdsAtAll(transaction, scheduler, Right::planCampaigns, sight.ownerOf(stored), stored.targets);
}

void requireOwn(ReadTransaction& transaction, const Scheduler& scheduler, const Event& event) {
    const Sight sight{transaction, scheduler};
    const auto stored = EventRepository::find(transaction, event.id);
    if (stored && !sight.event(stored->event)) throw eventExists();
    requireOwn(transaction, scheduler, rightFor(event), sight.ownerOf(event), event.targets);
}

void requireOwn(ReadTransaction& transaction, const Scheduler& scheduler, const Campaign& campaign) {
    const Sight sight{transaction, scheduler};
    requireOwn(transaction, scheduler, Right::planCampaigns, sight.ownerOf(campaign), campaign.targets);
}

}  // namespace loa
