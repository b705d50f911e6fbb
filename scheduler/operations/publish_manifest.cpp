// From the stored plan to the signed manifest of one station. Composing is pure (scheduler/planning); here it is fed
// and its result is stored, in one write transaction, so that two callers cannot make the same revision twice.
#include "scheduler/operations/publish_manifest.h"

#include <algorithm>
#include <cstdio>

#include "api/wire/manifest_json.h"
#include "scheduler/calendar/zones.h"
#include "scheduler/operations/civil_time.h"
#include "scheduler/planning/assign.h"
#include "scheduler/planning/compose_manifest.h"
#include "scheduler/planning/station_airtime.h"
#include "scheduler/storage/event_repository.h"
#include "scheduler/storage/manifest_repository.h"
#include "scheduler/storage/media_repository.h"
#include "scheduler/storage/occurrence_repository.h"
#include "scheduler/storage/plan_version.h"
#include "scheduler/storage/settlement_repository.h"
#include "scheduler/storage/slot_repository.h"
#include "scheduler/storage/station_repository.h"

namespace loa {
namespace {

/// What sounds into a window from before it, or shares a daypart with it, lies within this of its edges.
constexpr std::chrono::days around{1};

std::optional<MediaItem> usableMedia(ReadTransaction& transaction, const MediaId& id) {
    if (MediaRepository::removed(transaction, id)) return std::nullopt;
    return MediaRepository::find(transaction, id);
}

Assigned assignAll(ReadTransaction& transaction, const OfficeRules& office, const Station& station, Interval window) {
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
        const auto stored = EventRepository::find(transaction, id);
        if (!stored) continue;
        auto assigned = assignAt(station.id, ofEvent, stored->event, office.places, findMedia, civilTime().dayOf);
        std::move(assigned.assignments.begin(), assigned.assignments.end(), std::back_inserter(all.assignments));
        std::move(assigned.rejected.begin(), assigned.rejected.end(), std::back_inserter(all.rejected));
    }
    return all;
}

Plan compose(ReadTransaction& transaction, const OfficeRules& office, const Station& station, Interval window,
             Instant now) {
    const Interval wider{window.start - around, window.end + around};
    auto assigned = assignAll(transaction, office, station, wider);
    auto composed =
        composeManifest({station, window, now, std::move(assigned.assignments),
                         SlotRepository::startingIn(transaction, station.id, {wider.start, std::min(now, wider.end)}),
                         airtimeOf(station, office.places, office.airtimes, dayOf(wider.start, station.zone),
                                   dayOf(wider.end, station.zone), civilTime().instantOf),
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

std::string contentHashOf(const Manifest& manifest) {
    Manifest content = manifest;
    content.revision = 0;
    content.issued = {};
    return sha256Hex(toJson(content));
}

/// What was published stays as long as its content does; only a change is written.
struct Draft {
    Manifest manifest;
    std::string hash;
    std::optional<StoredManifest> newest;
};

Draft draft(ReadTransaction& transaction, const Scheduler& scheduler, const OfficeRules& office,
            const Station& station) {
    const auto now = scheduler.clock.now();
    Draft draft;
    draft.manifest = compose(transaction, office, station, manifestWindow(now), now).manifest;
    draft.manifest.issued = now;
    draft.hash = contentHashOf(draft.manifest);
    draft.newest = ManifestRepository::newest(transaction, station.id);
    return draft;
}

Published publish(WriteTransaction& transaction, const Scheduler& scheduler, Draft draft) {
    Manifest& manifest = draft.manifest;
    manifest.revision = draft.newest ? draft.newest->revision + 1 : 1;
    const auto document = sign("manifest", toJson(manifest), scheduler.signingKey);
    ManifestRepository::save(
        transaction, {manifest.station, manifest.revision, manifest.issued, manifest.window, draft.hash, document});
    SlotRepository::publish(transaction, manifest);
    return {manifest.revision, document};
}

/// The newest manifest when it says what the plan says now.
std::optional<Published> publishedAlready(const Draft& draft) {
    if (!draft.newest || draft.newest->contentHash != draft.hash || !draft.newest->document) return std::nullopt;
    return Published{draft.newest->revision, *draft.newest->document};
}

}  // namespace

std::optional<Published> ManifestShelf::find(const StationId& station, const Key& key) const {
    const std::lock_guard lock{mutex_};
    const auto kept = kept_.find(station);
    if (kept == kept_.end() || !(kept->second.first == key)) return std::nullopt;
    return kept->second.second;
}

void ManifestShelf::keep(const StationId& station, const Key& key, Published published) {
    const std::lock_guard lock{mutex_};
    kept_[station] = {key, std::move(published)};
}

void ManifestShelf::noteAsked(const StationId& station, Instant at) {
    const std::lock_guard lock{mutex_};
    asked_[station] = at;
}

std::optional<Instant> ManifestShelf::lastAsked(const StationId& station) const {
    const std::lock_guard lock{mutex_};
    const auto asked = asked_.find(station);
    return asked == asked_.end() ? std::nullopt : std::optional{asked->second};
}

Interval manifestWindow(Instant now) {
    const auto today = std::chrono::floor<std::chrono::days>(now);
    return {today - manifestPast, today + manifestHorizon};
}

Plan planFor(Scheduler& scheduler, const StationId& station) {
    return planFor(scheduler, station, manifestWindow(scheduler.clock.now()));
}

Plan planFor(Scheduler& scheduler, const StationId& station, Interval window) {
    return scheduler.database.read([&](ReadTransaction& transaction) {
        const auto office = scheduler.manifests.office(transaction);
        auto plan = compose(transaction, *office, office->station(station), window, scheduler.clock.now());
        if (const auto newest = ManifestRepository::newest(transaction, station)) {
            plan.manifest.revision = newest->revision;
            plan.manifest.issued = newest->issued;
        }
        return plan;
    });
}

Plan planForDay(Scheduler& scheduler, const StationId& station, Day day) {
    const auto zone = scheduler.database.read(
        [&](ReadTransaction& transaction) { return scheduler.manifests.office(transaction)->station(station).zone; });
    return planFor(scheduler, station, dayInZone(day, zone));
}

Published publishManifest(Scheduler& scheduler, const StationId& station) {
    const auto windowStart = manifestWindow(scheduler.clock.now()).start;
    using Seen = std::pair<ManifestShelf::Key, std::optional<Published>>;
    const auto draftIn = [&](ReadTransaction& transaction) {
        const auto office = scheduler.manifests.office(transaction);
        return draft(transaction, scheduler, *office, office->station(station));
    };
    auto [key, published] = scheduler.database.read([&](ReadTransaction& transaction) {
        const ManifestShelf::Key seen{PlanVersion::current(transaction), windowStart};
        auto kept = scheduler.manifests.find(station, seen);
        return Seen{seen, kept ? kept : publishedAlready(draftIn(transaction))};
    });
    if (!published) {  // made again behind the writer's guard, since the plan may have changed meanwhile
        std::tie(key, published) = scheduler.database.write([&](WriteTransaction& transaction) {
            auto made = draftIn(transaction);
            auto already = publishedAlready(made);
            return Seen{{PlanVersion::current(transaction), windowStart},
                        already ? already : publish(transaction, scheduler, std::move(made))};
        });
    }
    scheduler.manifests.keep(station, key, *published);
    return *std::move(published);
}

void publishManifests(Scheduler& scheduler) {
    const auto stations =
        scheduler.database.read([](ReadTransaction& transaction) { return StationRepository::all(transaction); });
    for (const auto& station : stations) publishManifest(scheduler, station.id);
}

}  // namespace loa
