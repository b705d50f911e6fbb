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

Assigned assignAll(ReadTransaction& transaction, EventShelf& events, const OfficeRules& office, const Station& station,
                   Interval window, const std::set<EventId>& without) {
    std::map<EventId, std::vector<Occurrence>> byEvent;
    for (auto& occurrence : OccurrenceRepository::forStation(transaction, station.id, window))
        byEvent[occurrence.event].push_back(std::move(occurrence));
    std::map<MediaId, std::optional<MediaItem>> known;
    const FindMedia findMedia = [&](const MediaId& id) {
        const auto [at, isNew] = known.try_emplace(id);
        if (isNew) at->second = usableMedia(transaction, id);
        return at->second;
    };
    Assigned all;
    for (const auto& [id, ofEvent] : byEvent) {
        const auto aimed = without.contains(id) ? nullptr : events.at(transaction, office, id);
        if (!aimed) continue;
        auto assigned =
            assignAt(station.id, ofEvent, aimed->event, aimed->aim, office.places, findMedia, civilTime().dayOf);
        std::move(assigned.assignments.begin(), assigned.assignments.end(), std::back_inserter(all.assignments));
        std::move(assigned.rejected.begin(), assigned.rejected.end(), std::back_inserter(all.rejected));
    }
    return all;
}

std::vector<PublishedSlot> begunBefore(ReadTransaction& transaction, const StationId& station, Interval window,
                                       const std::set<EventId>& without) {
    auto slots = SlotRepository::startingIn(transaction, station, window);
    std::erase_if(slots, [&](const PublishedSlot& each) { return without.contains(each.slot.event); });
    return slots;
}

}  // namespace

Plan composePlan(ReadTransaction& transaction, EventShelf& events, const OfficeRules& office, const Station& station,
                 Interval window, Instant now, const std::set<EventId>& without) {
    const Interval wider{window.start - around, window.end + around};
    auto assigned = assignAll(transaction, events, office, station, wider, without);
    auto composed =
        composeManifest({station, window, now, std::move(assigned.assignments),
                         begunBefore(transaction, station.id, {wider.start, std::min(now, wider.end)}, without),
                         airtimeOf(office, station, dayOf(wider.start, station.zone), dayOf(wider.end, station.zone)),
                         SettlementRepository::of(transaction, station.id)},
                        civilTime().timeText);
    Plan plan;
    plan.manifest.station = station.id;
    plan.manifest.window = window;
    plan.manifest.zone = station.zone;
    plan.manifest.slots = std::move(composed.slots);
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
