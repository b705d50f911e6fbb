#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "player/spool/spool.h"

namespace loa {

/// Renames the store `file`, with all that SQLite keeps beside it, to <file>.broken-<milliseconds since 1970>, for a
/// technician to look at, and removes all but the newest two of these. Durable when it returns. Throws
/// Error(unavailable, "spool-failed") when the disk refuses. Internal to this folder.
void putAside(const std::filesystem::path& file, Instant now);

/// When a store was put aside last; empty: never, or a technician has cleared away.
std::optional<Instant> lastPutAside(const std::filesystem::path& file);

/// The plan in the store that was put aside last, if it can still be read there. Nobody has verified it.
std::optional<HeldManifest> planPutAside(const std::filesystem::path& file);

}  // namespace loa
