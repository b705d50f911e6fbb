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
    Milliseconds deadline = std::chrono::minutes{20};  ///< from start to verdict
};

/// What came of one original.
struct Ingested {
    MediaItem item;  ///< id, bytes, frames, level, original's hash; title, names, text and created are the caller's
    IngestFacts facts;
    /// False where the limiter had to take so much that the result is more than 0.5 LU off -16 LUFS: to be said to
    /// people.
    bool isLevelled() const;
};

/// Lets loa-ingest make the canonical file of an original and keeps both in the store. Blocks until it is done, so not
/// on a thread that answers requests; `tell` is called on the same thread. Throws Error with one of the codes of
/// refusals.cpp, or "ingest-unavailable"; then neither file is left and no process either.
Ingested ingest(MediaStore& store, const IngestSettings& settings, IncomingFile original,
                const std::function<void(const IngestProgress&)>& tell = {});

}  // namespace loa
