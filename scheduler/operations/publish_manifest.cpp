// From the stored plan to the signed manifest of one station. What was composed is stored in one write transaction, so
// that two callers cannot make the same revision twice.
#include "scheduler/operations/publish_manifest.h"

#include <algorithm>
#include <charconv>

#include "api/wire/manifest_json.h"
#include "scheduler/calendar/zones.h"
#include "scheduler/operations/compose_plan.h"
#include "scheduler/operations/station_lines.h"
#include "scheduler/storage/manifest_repository.h"
#include "scheduler/storage/plan_version.h"
#include "scheduler/storage/slot_repository.h"
#include "scheduler/storage/station_repository.h"
#include "scheduler/storage/station_status_repository.h"

namespace loa {
namespace {

std::string contentHashOf(const Manifest& manifest) {
    Manifest content = manifest;
    content.revision = 0;
    content.issued = {};
    return sha256Hex(toJson(content));
}

/// What was published stays as long as its content does; only a change is written.
struct Draft {
    ManifestShelf::Key key;  ///< of what it was made of
    Manifest manifest;
    std::string hash;
    std::optional<StoredManifest> newest;
    std::int64_t least = 0;  ///< the revision it must have: the station refuses what is older than what it holds
};

ManifestShelf::Key keyAt(ReadTransaction& transaction, const Scheduler& scheduler) {
    return {PlanVersion::current(transaction), manifestWindow(scheduler.clock.now()).start};
}

std::string tagOf(std::int64_t revision, const std::string& contentHash) {
    constexpr std::size_t digits = 16;
    return std::to_string(revision) + '-' + contentHash.substr(0, digits);
}

/// The revision in what tagOf() made; 0 in any other text.
std::int64_t revisionIn(std::string_view tag) {
    std::int64_t revision = 0;
    const auto [end, fault] = std::from_chars(tag.data(), tag.data() + tag.size(), revision);
    const bool isRevision = fault == std::errc{} && end != tag.data() + tag.size() && *end == '-';
    return isRevision && revision > 0 && revision < manifestRevisionLimit ? revision : 0;
}

Draft draftFor(ReadTransaction& transaction, const Scheduler& scheduler, const StationId& id, std::string_view held) {
    const auto office = scheduler.manifests.office(transaction);
    const auto& station = office->station(id);
    const auto now = scheduler.clock.now();
    Draft draft;
    draft.key = keyAt(transaction, scheduler);
    draft.manifest =
        composePlan(transaction, scheduler.manifests.events(), *office, station, manifestWindow(now), now).manifest;
    draft.manifest.issued = now;
    draft.hash = contentHashOf(draft.manifest);
    draft.newest = ManifestRepository::newest(transaction, station.id);
    const auto newest = draft.newest ? draft.newest->revision : 0;
    const auto said = StationStatusRepository::find(transaction, station.id);
    if (said && said->status.revision > newest) draft.least = said->status.revision + 1;
    const bool isOurs = draft.newest && held == tagOf(newest, draft.newest->contentHash);
    if (!isOurs) draft.least = std::max(draft.least, revisionIn(held) + 1);
    return draft;
}

Published publish(WriteTransaction& transaction, const Scheduler& scheduler, Draft draft) {
    Manifest& manifest = draft.manifest;
    manifest.revision = std::max(draft.newest ? draft.newest->revision + 1 : 1, draft.least);
    const auto document = sign("manifest", toJson(manifest), scheduler.signingKey);
    ManifestRepository::save(
        transaction, {manifest.station, manifest.revision, manifest.issued, manifest.window, draft.hash, document});
    SlotRepository::publish(transaction, manifest);
    return {manifest.revision, document, tagOf(manifest.revision, draft.hash)};
}

/// Whether neither the plan nor what was published has changed since: behind the writer's guard, it need not be made
/// again then.
bool isNewest(ReadTransaction& transaction, const Scheduler& scheduler, const Draft& draft) {
    if (!(keyAt(transaction, scheduler) == draft.key)) return false;
    const auto revision = [](const std::optional<StoredManifest>& stored) { return stored ? stored->revision : 0; };
    return revision(ManifestRepository::newest(transaction, draft.manifest.station)) == revision(draft.newest);
}

/// The newest manifest when it says what the plan says now.
std::optional<Published> publishedAlready(const Draft& draft) {
    if (!draft.newest || draft.newest->contentHash != draft.hash || !draft.newest->document) return std::nullopt;
    if (draft.newest->revision < draft.least) return std::nullopt;
    return Published{draft.newest->revision, *draft.newest->document, tagOf(draft.newest->revision, draft.hash)};
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
        const auto office = scheduler.manifests.office(transaction);
        const auto now = scheduler.clock.now();
        auto plan = composePlan(transaction, scheduler.manifests.events(), *office, office->station(station),
                                manifestWindow(now), now);
        if (const auto newest = ManifestRepository::newest(transaction, station)) {
            plan.manifest.revision = newest->revision;
            plan.manifest.issued = newest->issued;
        }
        return plan;
    });
}

Published publishManifest(Scheduler& scheduler, const StationId& station, std::string_view held) {
    ManifestShelf::Key key;
    std::optional<Published> published;
    std::optional<Draft> draft;
    bool isNew = false;
    scheduler.database.read([&](ReadTransaction& transaction) {
        key = keyAt(transaction, scheduler);
        published = scheduler.manifests.find(station, key);
        if (published && (held == published->tag || revisionIn(held) < published->revision)) return;
        draft = draftFor(transaction, scheduler, station, held);
        published = publishedAlready(*draft);
    });
    if (!published)
        scheduler.database.write([&](WriteTransaction& transaction) {
            if (!isNewest(transaction, scheduler, *draft)) draft = draftFor(transaction, scheduler, station, held);
            key = draft->key;
            published = publishedAlready(*draft);
            isNew = !published;
            if (isNew) published = publish(transaction, scheduler, *std::move(draft));
        });
    scheduler.manifests.keep(station, key, *published);
    if (isNew) scheduler.lines.tellPlan(station, published->revision);
    return *std::move(published);
}

void publishManifests(Scheduler& scheduler) {
    const auto stations =
        scheduler.database.read([](ReadTransaction& transaction) { return StationRepository::all(transaction); });
    for (const auto& station : stations) publishManifest(scheduler, station.id);
}

}  // namespace loa
