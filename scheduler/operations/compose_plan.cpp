// From the stored plan to what one station sounds. Composing is pure (scheduler/planning); here it is fed.
#include "scheduler/operations/compose_plan.h"

#include <algorithm>

#include "scheduler/calendar/zones.h"
#include "scheduler/operations/civil_time.h"
#include "scheduler/planning/assign.h"
#include "scheduler/planning/compose_manifest.h"
#include "scheduler/storage/media_repository.h"
#include "scheduler/storage/occurrence_repository.h"
#include "scheduler/storage/settlement_repository.h"
#include "scheduler/storage/slot_repository.h"

namespace loa {
namespace {

/// What sounds into a window from before it, or shares a daypart with it, lies within this of its edges.
constexpr std::chrono::days around{1};

std::optional<MediaItem> usableMedia(ReadTransaction& transaction, const MediaId& id) {
    if (MediaRepository::removed(transaction, id)) return std::nullopt;
    return MediaRepository::find(transaction, id);
}

/// Each event at the station with those of its occurrences that may matter.
struct Planned {
    std::vector<std::pair<std::shared_ptr<const AimedEvent>, std::vector<Occurrence>>> events;
};

Planned plannedAt(ReadTransaction& transaction, EventShelf& events, const OfficeRules& office, const Station& station,
                  Interval window, const Supposing& supposing) {
    std::map<EventId, std::vector<Occurrence>> byEvent;
    for (auto& occurrence : OccurrenceRepository::forStation(transaction, station.id, window))
        byEvent[occurrence.event].push_back(std::move(occurrence));
    Planned planned;
    for (auto& [id, occurrences] : byEvent)
        if (!supposing.without.contains(id))
            if (auto aimed = events.at(transaction, office, id))
                planned.events.emplace_back(std::move(aimed), std::move(occurrences));
    return planned;
}

/// What would sound if it were approved is refused for that alone; what is wrong with it besides, for that.
void refuse(Assigned& assigned, const Refusal& why) {
    for (const auto& [occurrence, station, messageClass, policy, media, fromAbove] : assigned.assignments)
        assigned.rejected.push_back(
            {station, occurrence.event, occurrence.original, occurrence.at, occurrence.title, why.code, why.words});
    assigned.assignments.clear();
}

Assigned assignAll(ReadTransaction& transaction, const OfficeRules& office, const Station& station,
                   const Planned& planned, const Supposing& supposing) {
    std::map<MediaId, std::optional<MediaItem>> known;
    const FindMedia findMedia = [&](const MediaId& id) {
        const auto [at, isNew] = known.try_emplace(id);
        if (isNew) at->second = usableMedia(transaction, id);
        return at->second;
    };
    Assigned all;
    for (const auto& [aimed, occurrences] : planned.events) {
        auto assigned =
            assignAt(station.id, occurrences, aimed->event, aimed->aim, office.places, findMedia, civilTime().dayOf);
        if (const auto why = aimed->refusalAt(station.id); why && !supposing.approved) refuse(assigned, *why);
        std::move(assigned.assignments.begin(), assigned.assignments.end(), std::back_inserter(all.assignments));
        std::move(assigned.rejected.begin(), assigned.rejected.end(), std::back_inserter(all.rejected));
    }
    return all;
}

/// Who answers for the slots, by event. Of what has begun and was changed since, nobody does any more.
std::vector<ApprovalStamp> approvalsOf(const Planned& planned, const std::vector<Slot>& slots) {
    std::set<EventId> sounding;
    for (const auto& slot : slots) sounding.insert(slot.event);
    std::vector<ApprovalStamp> approvals;
    for (const auto& [aimed, occurrences] : planned.events)
        if (!aimed->approvedAt.empty() && sounding.contains(aimed->event.id))
            approvals.push_back({aimed->event.id, aimed->review.content, aimed->review.by, aimed->review.at});
    return approvals;
}

std::vector<PublishedSlot> begunBefore(ReadTransaction& transaction, const StationId& station, Interval window,
                                       const Supposing& supposing) {
    auto slots = SlotRepository::startingIn(transaction, station, window);
    std::erase_if(slots, [&](const PublishedSlot& each) { return supposing.without.contains(each.slot.event); });
    return slots;
}

/// For the station's own guard: what it needs to refuse a slot that should never have been planned.
std::vector<Interval> quietIn(const StationAirtime& airtime, Interval window) {
    std::vector<Interval> quiet;
    for (const auto& day : airtime.days)
        for (const auto& hours : day.quiet)
            if (hours.at.overlaps(window)) quiet.push_back(hours.at);
    std::ranges::sort(quiet);
    return quiet;
}

}  // namespace

Plan composePlan(ReadTransaction& transaction, EventShelf& events, const OfficeRules& office, const Station& station,
                 Interval window, Instant now, const Supposing& supposing) {
    const Interval wider{window.start - around, window.end + around};
    const auto planned = plannedAt(transaction, events, office, station, wider, supposing);
    auto assigned = assignAll(transaction, office, station, planned, supposing);
    auto airtime = airtimeOf(office, station, dayOf(wider.start, station.zone), dayOf(wider.end, station.zone));
    Plan plan;
    plan.manifest.quiet = quietIn(airtime, window);
    auto composed =
        composeManifest({station, window, now, std::move(assigned.assignments),
                         begunBefore(transaction, station.id, {wider.start, std::min(now, wider.end)}, supposing),
                         std::move(airtime), SettlementRepository::of(transaction, station.id)},
                        civilTime().timeText);
    plan.manifest.station = station.id;
    plan.manifest.window = window;
    plan.manifest.zone = station.zone;
    plan.manifest.trim = station.trim;
    plan.manifest.slots = std::move(composed.slots);
    plan.manifest.approvals = approvalsOf(planned, plan.manifest.slots);
    plan.toSettle = std::move(composed.toSettle);
    plan.rejected = std::move(composed.rejected);
    for (auto& rejection : assigned.rejected)
        if (window.contains(rejection.at.start)) plan.rejected.push_back(std::move(rejection));
    return plan;
}

StationAirtime airtimeOf(const OfficeRules& office, const Station& station, Day first, Day last) {
    return airtimeOf(station, office.places, office.airtimes, first, last, civilTime().instantOf);
}

}  // namespace loa
