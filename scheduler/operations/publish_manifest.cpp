// From the stored plan to the signed manifest of one station. Composing is pure (scheduler/planning); here it is fed
// and its result is stored, in one write transaction, so that two callers cannot make the same revision twice.
#include "scheduler/operations/publish_manifest.h"

#include <algorithm>
#include <cstdio>

#include "api/wire/manifest_json.h"
#include "scheduler/calendar/zones.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/planning/assign.h"
#include "scheduler/planning/compose_manifest.h"
#include "scheduler/storage/area_repository.h"
#include "scheduler/storage/event_repository.h"
#include "scheduler/storage/manifest_repository.h"
#include "scheduler/storage/media_repository.h"
#include "scheduler/storage/occurrence_repository.h"
#include "scheduler/storage/plan_version.h"
#include "scheduler/storage/slot_repository.h"
#include "scheduler/storage/station_repository.h"

namespace loa {
namespace {

/// What is longer than this cannot sound into a window from before it.
constexpr std::chrono::days lookBack{1};

std::string timeText(Instant at, const std::string& zone) {
    const auto local = formatLocalTime(toLocal(at, zone));
    constexpr std::size_t timeAt = 11;
    const auto time = local.substr(timeAt);
    return time.ends_with(":00") ? time.substr(0, time.size() - 3) : time;
}

Rejection startPassed(const Station& station, const Slot& slot) {
    return {station.id,
            slot.event,
            slot.original,
            slot.at,
            slot.title,
            "start-passed",
            {"Giờ phát đã qua khi lịch được xếp nên lần này không phát. Chọn giờ muộn hơn.",
             "its start had passed when it was planned, so it does not air; choose a later time"}};
}

std::optional<MediaItem> usableMedia(ReadTransaction& transaction, const MediaId& id) {
    if (MediaRepository::removed(transaction, id)) return std::nullopt;
    return MediaRepository::find(transaction, id);
}

Assigned assignAll(ReadTransaction& transaction, const Station& station, Interval window) {
    const auto areas = AreaRepository::all(transaction);
    const std::vector<Station> stations{station};
    const auto occurrences =
        OccurrenceRepository::forStation(transaction, station.id, {window.start - lookBack, window.end});
    std::map<EventId, std::vector<Occurrence>> byEvent;
    for (const auto& occurrence : occurrences) byEvent[occurrence.event].push_back(occurrence);
    Assigned all;
    for (const auto& [id, ofEvent] : byEvent) {
        const auto stored = EventRepository::find(transaction, id);
        if (!stored) continue;
        auto assigned = assign(
            ofEvent, stored->event, stations, areas,
            [&](const MediaId& media) { return usableMedia(transaction, media); },
            [](Instant at, const std::string& zone) { return dayOf(at, zone); });
        std::move(assigned.assignments.begin(), assigned.assignments.end(), std::back_inserter(all.assignments));
        for (auto& rejection : assigned.rejected)
            if (rejection.station == station.id) all.rejected.push_back(std::move(rejection));
    }
    return all;
}

Plan compose(ReadTransaction& transaction, const Station& station, Instant now) {
    const auto window = manifestWindow(now);
    auto assigned = assignAll(transaction, station, window);
    auto composed = composeManifest(station, window, assigned.assignments, timeText);
    Plan plan;
    plan.manifest.station = station.id;
    plan.manifest.window = window;
    plan.manifest.zone = station.zone;
    plan.rejected = std::move(assigned.rejected);
    std::move(composed.rejected.begin(), composed.rejected.end(), std::back_inserter(plan.rejected));
    for (auto& slot : composed.slots) {
        if (slot.at.start >= now) {
            plan.manifest.slots.push_back(std::move(slot));
            continue;
        }
        const auto published = SlotRepository::find(transaction, station.id, slot.id);
        if (published && !published->withdrawn)
            plan.manifest.slots.push_back(std::move(slot));
        else
            plan.rejected.push_back(startPassed(station, slot));
    }
    return plan;
}

std::string contentHashOf(const Manifest& manifest) {
    Manifest content = manifest;
    content.revision = 0;
    content.issued = {};
    return sha256Hex(toJson(content));
}

Published publishIn(WriteTransaction& transaction, const Scheduler& scheduler, const Station& station) {
    const auto now = scheduler.clock.now();
    auto manifest = compose(transaction, station, now).manifest;
    const auto hash = contentHashOf(manifest);
    const auto newest = ManifestRepository::newest(transaction, station.id);
    if (newest && newest->contentHash == hash && newest->document) return {newest->revision, *newest->document};
    manifest.revision = newest ? newest->revision + 1 : 1;
    manifest.issued = now;
    const auto document = sign("manifest", toJson(manifest), scheduler.signingKey);
    ManifestRepository::save(transaction,
                             {station.id, manifest.revision, manifest.issued, manifest.window, hash, document});
    SlotRepository::publish(transaction, manifest);
    return {manifest.revision, document};
}

Station stationOrThrow(ReadTransaction& transaction, const StationId& id) {
    const auto station = StationRepository::find(transaction, id);
    if (!station) throw noSuchStation(id);
    return *station;
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
    return scheduler.database.read([&](ReadTransaction& transaction) {
        auto plan = compose(transaction, stationOrThrow(transaction, station), scheduler.clock.now());
        if (const auto newest = ManifestRepository::newest(transaction, station)) {
            plan.manifest.revision = newest->revision;
            plan.manifest.issued = newest->issued;
        }
        return plan;
    });
}

Published publishManifest(Scheduler& scheduler, const StationId& station) {
    const auto version =
        scheduler.database.read([](ReadTransaction& transaction) { return PlanVersion::current(transaction); });
    const ManifestShelf::Key key{version, manifestWindow(scheduler.clock.now()).start};
    if (auto kept = scheduler.manifests.find(station, key)) return *kept;
    auto published = scheduler.database.write([&](WriteTransaction& transaction) {
        return publishIn(transaction, scheduler, stationOrThrow(transaction, station));
    });
    scheduler.manifests.keep(station, key, published);
    return published;
}

void publishManifests(Scheduler& scheduler) {
    const auto stations =
        scheduler.database.read([](ReadTransaction& transaction) { return StationRepository::all(transaction); });
    for (const auto& station : stations) publishManifest(scheduler, station.id);
}

}  // namespace loa
