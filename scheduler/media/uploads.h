#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "scheduler/domain/error.h"
#include "scheduler/domain/id.h"
#include "scheduler/media/ingest_limits.h"
#include "scheduler/media/media_store.h"

namespace loa {

Error noSuchUpload();

/// Files that are being uploaded, uploads/<id>.part under the store's root; each survives restarts and goes on where it
/// was cut off, and stays until it is removed. Ids are 16 to 64 hex digits made by the caller; any other id is Error
/// notFound. Calls for the same id must not overlap.
class Uploads {
public:
    Uploads(const MediaStore& store, IngestLimits limits);

    /// Throws Error "media-too-large" for an announced size over the limit, "media-empty" for 0: before any byte is
    /// sent.
    void checkSize(std::int64_t announcedBytes) const;
    /// Bytes that are durable; 0 where there is no such upload yet.
    std::int64_t received(const UploadId& id) const;
    /// Appends at `offset`, which must be what was received so far, and returns the new size once it is durable. Throws
    /// Error "upload-offset" (conflict) and "media-too-large".
    std::int64_t append(const UploadId& id, std::int64_t offset, std::string_view bytes);
    /// Where it lies, for ingest; there may be no such file.
    std::filesystem::path file(const UploadId& id) const;
    /// All that have a file, in no order.
    std::vector<UploadId> all() const;
    /// False when there was none.
    bool remove(const UploadId& id);

private:
    IngestLimits limits_;
    std::filesystem::path directory_;
};

}  // namespace loa
