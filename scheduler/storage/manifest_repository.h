#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "scheduler/domain/id.h"
#include "scheduler/domain/time.h"
#include "scheduler/storage/transaction.h"

namespace loa {

/// One revision of a station's manifest as it was signed and sent.
struct StoredManifest {
    StationId station;
    std::int64_t revision = 0;
    Instant issued{};
    Interval window;
    std::string contentHash;              ///< of what a new revision would be made for; the caller's
    std::optional<std::string> document;  ///< the signed text; kept for the newest three revisions
    bool operator==(const StoredManifest&) const = default;
};

struct ManifestRepository {
    static constexpr int keptDocumentsCount = 3;

    static std::optional<StoredManifest> newest(ReadTransaction& transaction, const StationId& station);
    /// Adds a revision and lets go of documents too old to be asked for. Throws Error(conflict, "revision-not-newer")
    /// when the station has this revision or a higher one already.
    static void save(WriteTransaction& transaction, const StoredManifest& manifest);
};

}  // namespace loa
