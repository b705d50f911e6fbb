// A campaign from what the office asks to events in the plan. Planning takes its time, so it is done on what was read
// before, outside of any transaction; what was made is saved only if the plan is still the same, else it is made again.
#include "scheduler/operations/save_campaign.h"

#include <algorithm>
#include <list>

#include "scheduler/calendar/zones.h"
#include "scheduler/operations/audit.h"
#include "scheduler/operations/audit_facts.h"
#include "scheduler/operations/campaign_events.h"
#include "scheduler/operations/civil_time.h"
#include "scheduler/operations/clean_name.h"
#include "scheduler/operations/compose_plan.h"
#include "scheduler/operations/may.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/operations/plan_changes.h"
#include "scheduler/operations/publish_manifest.h"
#include "scheduler/operations/review_events.h"
#include "scheduler/operations/sight.h"
#include "scheduler/planning/assign.h"
#include "scheduler/planning/compose_manifest.h"
#include "scheduler/storage/campaign_repository.h"
#include "scheduler/storage/event_repository.h"
#include "scheduler/storage/media_repository.h"
#include "scheduler/storage/plan_version.h"

namespace loa {
namespace {

constexpr int attempts = 3;
constexpr std::size_t idBytes = 8;

/// What planning needs to know, as of one version of the plan.
struct Room {
    std::int64_t planVersion = 0;
    std::shared_ptr<const OfficeRules> office;
    std::list<Seats> seats;  ///< stations point to them
    std::vector<StationRoom> stations;
    std::vector<Placement> earlier;
    std::vector<Event> events;  ///< that the campaign has so far
};

Error unknownMedia(const MediaId& id) {
    return {Fault::invalid,
            "unknown-media",
            {"Đợt có bản âm thanh không có trong kho. Chọn lại tin cho đợt.",
             "an announcement of the campaign is not in the store: " + id.text()}};
}

Error unknownTarget(const Target& target) {
    const auto* station = std::get_if<StationId>(&target);
    const auto id = station ? station->text() : std::get<AreaId>(target).text();
    return {Fault::invalid,
            "unknown-target",
            {"Không có trạm hay địa bàn “" + id + "”. Chọn lại nơi phát.",
             "'" + id + "' is no station or area the office has"}};
}

Error planChanged() {
    return {Fault::changed,
            "plan-changed",
            {"Lịch đã thay đổi từ lúc xem đề xuất. Xem lại đề xuất mới rồi chấp nhận.",
             "the plan has changed since the proposal was made; look at the new one"}};
}

void findAnnouncements(ReadTransaction& transaction, const Sight& sight, Campaign& campaign) {
    for (auto& announcement : campaign.announcements) {
        auto found = MediaRepository::find(transaction, announcement.id);
        if (!found || !sight.media(announcement.id) || MediaRepository::removed(transaction, announcement.id))
            throw unknownMedia(announcement.id);
        announcement = sight.shown(*std::move(found));
    }
}

/// The days of the campaign on which the station is there, from the day before the first on.
std::optional<StationAirtime> airtimeFor(const Campaign& campaign, const OfficeRules& office,
                                         const ReachedStation& reached) {
    std::optional<Day> first;
    std::optional<Day> last;
    for (std::chrono::sys_days day = campaign.first; Day{day} <= campaign.last; day += std::chrono::days{1}) {
        if (notValid(reached, day)) {
            if (first) break;
            continue;
        }
        if (!first) first = day;
        last = day;
    }
    if (!first) return std::nullopt;
    return airtimeOf(office, *reached.station, std::chrono::sys_days{*first} - std::chrono::days{1}, *last);
}

bool has(const Campaign& campaign, const MediaId& announcement) {
    return std::any_of(campaign.announcements.begin(), campaign.announcements.end(),
                       [&](const MediaItem& item) { return item.id == announcement; });
}

void addStation(ReadTransaction& transaction, EventShelf& events, Room& room, const Campaign& campaign,
                const ReachedStation& reached, const std::set<EventId>& own, Instant now) {
    const auto& station = *reached.station;
    const auto airtime = airtimeFor(campaign, *room.office, reached);
    auto& seats = room.seats.emplace_back(airtime.value_or(StationAirtime{}), station.zone, civilTime().timeText);
    room.stations.push_back({station.id, &seats});
    const std::chrono::sys_days before{std::chrono::sys_days{campaign.first} - std::chrono::days{1}};
    const Interval window{dayInZone(before, station.zone).start, dayInZone(campaign.last, station.zone).end};
    for (const auto& slot :
         composePlan(transaction, events, *room.office, station, window, now, {own, true}).manifest.slots)
        seats.take(seatOf(slot));
    if (own.empty()) return;
    const Instant begin = dayInZone(campaign.first, station.zone).start;
    for (const auto& slot :
         composePlan(transaction, events, *room.office, station, window, now, {{}, true}).manifest.slots)
        if (own.contains(slot.event) && slot.at.start >= begin && has(campaign, slot.media))
            room.earlier.push_back({station.id, slot.media, slot.at.start});
}

Room roomFor(Scheduler& scheduler, Campaign& campaign, Instant now) {
    return scheduler.database.read([&](ReadTransaction& transaction) {
        Room room;
        room.planVersion = PlanVersion::current(transaction);
        room.office = scheduler.manifests.office(transaction);
        const Sight sight{transaction, scheduler};
        const auto before = CampaignRepository::find(transaction, campaign.id);
        if (before && !isOwn(transaction, scheduler, *before)) throw forbidden();
        findAnnouncements(transaction, sight, campaign);
        const auto reach = room.office->places.reach(campaign.targets);
        if (!reach.unknown.empty()) throw unknownTarget(reach.unknown.front());
        for (const auto& target : campaign.targets)
            if (!sight.target(target)) throw unknownTarget(target);
        if (campaign.owner && !sight.area(*campaign.owner)) throw unknownTarget(*campaign.owner);
        requireOwn(transaction, scheduler, campaign);
        const auto own = CampaignRepository::everAiring(transaction, campaign.id);
        for (const auto& reached : reach.stations)
            addStation(transaction, scheduler.manifests.events(), room, campaign, reached, own, now);
        for (auto& stored : EventRepository::ofCampaign(transaction, campaign.id))
            room.events.push_back(std::move(stored.event));
        return room;
    });
}

const Event* eventIn(const std::vector<Event>& events, const EventId& id) {
    const auto found = std::find_if(events.begin(), events.end(), [&](const Event& event) { return event.id == id; });
    return found == events.end() ? nullptr : &*found;
}

/// Those that are not among the stored ones as they are.
std::vector<Event> changed(const std::vector<Event>& events, const std::vector<Event>& stored) {
    std::vector<Event> all;
    for (const auto& event : events)
        if (const auto* known = eventIn(stored, event.id); !known || !(*known == event)) all.push_back(event);
    return all;
}

std::vector<Event> gone(const std::vector<Event>& stored, const std::vector<Event>& events) {
    std::vector<Event> all;
    for (const auto& event : stored)
        if (!eventIn(events, event.id)) all.push_back(event);
    return all;
}

std::string tagOf(const std::vector<Placement>& placements) {
    constexpr std::size_t digits = 32;
    std::string all;
    for (const auto& [station, announcement, start] : placements)
        all += station.text() + ' ' + announcement.text() + ' ' + std::to_string(epochMilliseconds(start)) + '\n';
    return sha256Hex(all).substr(0, digits);
}

/// Saves what was made of the plan's version `planVersion`; false when the plan is another one by now.
bool save(Scheduler& scheduler, const Campaign& campaign, const std::vector<Event>& toSave,
          const std::vector<Event>& stored, const std::vector<Event>& toRemove, std::int64_t planVersion) {
    bool same = true;
    std::set<std::string> writers;
    const auto before = [&](WriteTransaction& transaction) {
        same = PlanVersion::current(transaction) == planVersion;
        if (!same) throw planChanged();
        writers = unapprovedWriters(transaction, stored);
        const auto earlier = CampaignRepository::find(transaction, campaign.id);
        CampaignRepository::save(transaction, campaign);
        audit(transaction, scheduler, "save-campaign", auditObject(campaign.id), auditFacts(earlier),
              auditFacts(campaign));
        for (const auto& event : toRemove) takeOut(transaction, scheduler, event.id);
    };
    const auto after = [&](WriteTransaction& transaction) { addWriters(transaction, writers, toSave); };
    try {
        saveEvents(scheduler, toSave, Keep::yes, before, after);
        return true;
    } catch (const Error&) {
        if (same) throw;
        return false;
    }
}

/// Empty when the plan changed meanwhile.
std::optional<PlannedCampaign> plan(Scheduler& scheduler, Campaign campaign, Keep keep,
                                    const std::optional<std::string>& expectedTag) {
    const auto now = scheduler.clock.now();
    requireWithinHorizon(scheduler, std::chrono::sys_days{campaign.last} + std::chrono::days{1});
    const auto room = roomFor(scheduler, campaign, now);
    PlannedCampaign planned;
    planned.proposal = planCampaign(campaign, room.stations, room.earlier, now + campaignLead);
    planned.events = campaignEvents(campaign, planned.proposal.placements, *room.office, room.events, now);
    planned.campaign = std::move(campaign);
    planned.tag = tagOf(planned.proposal.placements);
    const auto toSave = changed(planned.events, room.events);
    const auto toRemove = gone(room.events, planned.events);
    planned.changed = static_cast<int>(toSave.size());
    planned.removed = static_cast<int>(toRemove.size());
    if (expectedTag && *expectedTag != planned.tag) throw planChanged();
    if (keep == Keep::yes && !save(scheduler, planned.campaign, toSave, room.events, toRemove, room.planVersion))
        return std::nullopt;
    return planned;
}

}  // namespace

PlannedCampaign saveCampaign(Scheduler& scheduler, Campaign campaign, Keep keep,
                             const std::optional<std::string>& expectedTag) {
    campaign.title = cleanName(campaign.title);
    const bool isNew = campaign.id.text().empty();
    if (isNew) campaign.id = CampaignId{randomHex(idBytes)};
    for (int attempt = 0; attempt < attempts; ++attempt) {
        const auto isThere = scheduler.database.read([&](ReadTransaction& transaction) {
            return CampaignRepository::find(transaction, campaign.id).has_value();
        });
        if (!isNew && !isThere) throw noSuchCampaign(campaign.id);
        if (auto planned = plan(scheduler, campaign, keep, expectedTag)) return *std::move(planned);
    }
    throw planChanged();
}

void removeCampaign(Scheduler& scheduler, const CampaignId& id) {
    scheduler.database.write([&](WriteTransaction& transaction) {
        const auto before = CampaignRepository::find(transaction, id);
        if (!before) throw noSuchCampaign(id);
        if (!isOwn(transaction, scheduler, *before)) throw forbidden();
        CampaignRepository::remove(transaction, id);
        audit(transaction, scheduler, "remove-campaign", auditObject(id), auditFacts(before), {});
        for (const auto& stored : EventRepository::ofCampaign(transaction, id))
            takeOut(transaction, scheduler, stored.event.id);
    });
    scheduler.planChanges.note();
}

}  // namespace loa
