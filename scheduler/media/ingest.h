#pragma once
#include <filesystem>
#include <functional>

#include "scheduler/domain/media_item.h"
#include "scheduler/media/ingest_limits.h"
#include "scheduler/media/ingest_lines.h"
#include "scheduler/media/media_store.h"

namespace loa {

struct IngestSettings {
    std::filesystem::path program;  ///< of loa-ingest, absolute
    IngestLimits limits;
    Milliseconds deadline = ingestDeadline(IngestLimits{});  ///< from start to verdict
    int stopDescriptor = -1;                                 ///< as of ChildProgram
};

/// Lets loa-ingest make the canonical file of an original and keeps both in the store; the original stays where it is
/// and is the caller's to remove. Gives id, bytes, frames, level and the original's hash; title, names, text and
/// created are the caller's. Blocks until it is done, so not on a thread that answers requests; `tell` is called on the
/// same thread. Throws Error with one of the codes of refusals.cpp, or, unavailable, what a later attempt may cure:
/// "ingest-unavailable", "media-disk", "media-disk-full", "media-busy", "media-stopped". Then the store has neither
/// file, and no process is left.
MediaItem ingest(MediaStore& store, const IngestSettings& settings, const std::filesystem::path& original,
                 const std::function<void(const IngestProgress&)>& tell = {});

/// False where the limiter had to take so much that the sound is more than 0.5 LU off -16 LUFS: to be said to people.
bool isLevelled(const MediaItem& item);

}  // namespace loa
