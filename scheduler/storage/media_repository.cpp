// What is known of each canonical file. Changes bump the plan's version: an event whose media appears or goes changes
// its manifests.
#include "scheduler/storage/media_repository.h"

#include "scheduler/storage/plan_version.h"
#include "scheduler/storage/statement.h"

namespace loa {
namespace {

template <class... Values>
std::vector<MediaItem> items(ReadTransaction& transaction, const std::string& rest, const Values&... values) {
    return each<MediaItem>(
        select<MediaId, std::string, std::int64_t, std::int64_t, double, double, std::string, MediaId, std::string,
               Instant>(transaction,
                        "SELECT id, title, bytes, frames, loudness_lufs, true_peak_dbtp, original_name, "
                        "original_sha256, spoken_text, created FROM media " +
                            rest,
                        values...),
        [](auto id, auto title, auto bytes, auto frames, auto loudness, auto peak, auto originalName, auto original,
           auto text, auto created) {
            return MediaItem{std::move(id),           std::move(title),    bytes,           frames, loudness, peak,
                             std::move(originalName), std::move(original), std::move(text), created};
        });
}

}  // namespace

std::optional<MediaItem> MediaRepository::find(ReadTransaction& transaction, const MediaId& id) {
    return first(items(transaction, "WHERE id = $1", id));
}

std::vector<MediaItem> MediaRepository::all(ReadTransaction& transaction) {
    return items(transaction, "WHERE removed IS NULL ORDER BY created DESC, id");
}

void MediaRepository::save(WriteTransaction& transaction, const MediaItem& item) {
    execute(transaction,
            "INSERT INTO media (id, title, bytes, frames, loudness_lufs, true_peak_dbtp, original_name, "
            "original_sha256, spoken_text, created) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) "
            "ON CONFLICT (id) DO UPDATE SET title = excluded.title, bytes = excluded.bytes, frames = excluded.frames, "
            "loudness_lufs = excluded.loudness_lufs, true_peak_dbtp = excluded.true_peak_dbtp, "
            "original_name = excluded.original_name, original_sha256 = excluded.original_sha256, "
            "spoken_text = excluded.spoken_text, created = excluded.created, removed = NULL",
            item.id, item.title, item.bytes, item.frames, item.loudnessLufs, item.truePeakDbtp, item.originalName,
            item.originalSha256, item.text, item.created);
    PlanVersion::bump(transaction);
}

bool MediaRepository::remove(WriteTransaction& transaction, const MediaId& id, Instant now) {
    if (execute(transaction, "UPDATE media SET removed = $1 WHERE id = $2 AND removed IS NULL", now, id) == 0)
        return false;
    PlanVersion::bump(transaction);
    return true;
}

bool MediaRepository::removed(ReadTransaction& transaction, const MediaId& id) {
    return !select<int>(transaction, "SELECT 1 FROM media WHERE id = $1 AND removed IS NOT NULL", id).empty();
}

std::vector<EventId> MediaRepository::users(ReadTransaction& transaction, const MediaId& id) {
    return each<EventId>(select<EventId>(transaction,
                                         "SELECT id FROM event WHERE media = $1 "
                                         "OR id IN (SELECT event FROM occurrence WHERE media = $2) "
                                         "OR id IN (SELECT event FROM station_override WHERE media = $3) ORDER BY id",
                                         id, id, id),
                         [](auto event) { return event; });
}

std::vector<MediaPlace> MediaRepository::placesOf(ReadTransaction& transaction, const MediaId& id) {
    return each<MediaPlace>(
        select<AreaId, std::string, std::string, std::optional<Instant>>(
            transaction,
            "SELECT area, title, original_name, removed FROM media_place WHERE media = $1 "
            "ORDER BY area",
            id),
        [](auto area, auto title, auto originalName, auto removedAt) {
            return MediaPlace{std::move(area), std::move(title), std::move(originalName), removedAt};
        });
}

void MediaRepository::savePlace(WriteTransaction& transaction, const MediaId& id, const MediaPlace& place) {
    execute(transaction,
            "INSERT INTO media_place (media, area, title, original_name, removed) VALUES ($1, $2, $3, $4, $5) "
            "ON CONFLICT (media, area) DO UPDATE SET title = excluded.title, original_name = excluded.original_name, "
            "removed = excluded.removed",
            id, place.area, place.title, place.originalName, place.removed);
    PlanVersion::bump(transaction);
}

void MediaRepository::forgetPlaces(WriteTransaction& transaction, const MediaId& id) {
    execute(transaction, "DELETE FROM media_place WHERE media = $1", id);
    PlanVersion::bump(transaction);
}

Milliseconds MediaRepository::longest(ReadTransaction& transaction) {
    const auto frames =
        std::get<0>(select<std::optional<std::int64_t>>(transaction, "SELECT MAX(frames) FROM media").at(0));
    return framesToLength(frames.value_or(0));
}

}  // namespace loa
