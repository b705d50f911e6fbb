// Every revision of every station's manifest; the signed text itself only while a station may still ask for it.
#include "scheduler/storage/manifest_repository.h"

#include "scheduler/domain/error.h"
#include "scheduler/storage/statement.h"

namespace loa {
std::optional<StoredManifest> ManifestRepository::newest(ReadTransaction& transaction, const StationId& station) {
    return first(each<StoredManifest>(
        select<StationId, std::int64_t, Instant, Instant, Instant, std::string, std::optional<std::string>>(
            transaction,
            "SELECT station, revision, issued, window_start, window_end, content_hash, document FROM manifest "
            "WHERE station = $1 ORDER BY revision DESC LIMIT 1",
            station),
        [](auto of, auto revision, auto issued, auto start, auto end, auto hash, auto document) {
            return StoredManifest{std::move(of),        revision,        issued,
                                  Interval{start, end}, std::move(hash), std::move(document)};
        }));
}

void ManifestRepository::save(WriteTransaction& transaction, const StoredManifest& manifest) {
    const auto held = newest(transaction, manifest.station);
    if (manifest.revision < 1 || (held && manifest.revision <= held->revision))
        throw Error(Fault::conflict, "revision-not-newer",
                    {"Lịch của trạm đã có bản mới hơn. Tải lại rồi thử lại.",
                     "The station has a newer manifest already. Load it and try again."});
    execute(transaction,
            "INSERT INTO manifest (station, revision, issued, window_start, window_end, content_hash, document) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7)",
            manifest.station, manifest.revision, manifest.issued, manifest.window.start, manifest.window.end,
            manifest.contentHash, manifest.document);
    execute(transaction,
            "UPDATE manifest SET document = NULL WHERE station = $1 AND document IS NOT NULL AND revision NOT IN "
            "(SELECT revision FROM manifest WHERE station = $2 ORDER BY revision DESC LIMIT $3)",
            manifest.station, manifest.station, keptDocumentsCount);
}

}  // namespace loa
