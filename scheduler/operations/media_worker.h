#pragma once
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "scheduler/domain/clock.h"
#include "scheduler/domain/descriptor.h"
#include "scheduler/media/ingest.h"
#include "scheduler/media/media_store.h"
#include "scheduler/media/uploads.h"
#include "scheduler/storage/database.h"
#include "scheduler/storage/upload_repository.h"

namespace loa {

/// How long an upload is remembered, and how long one that meets an obstacle is tried again.
constexpr Milliseconds uploadLife = std::chrono::days{7};

struct MediaDeskOptions {
    std::filesystem::path directory;      ///< of the media store
    std::filesystem::path ingestProgram;  ///< loa-ingest
    std::filesystem::path speechProgram = "/usr/bin/espeak-ng";
    std::string speechVoice = "vi-vn-x-south";
    Milliseconds longest = longestMedia;                ///< of one announcement
    Milliseconds retryAfter = std::chrono::minutes{1};  ///< what a full disk or a busy machine held up
};

/// Takes in every upload whose row says "ingesting", oldest first, on a thread of its own. The row and the file stay
/// until it is media or refused, so that neither a restart nor a full disk costs a file. May be used from any thread.
class MediaWorker {
public:
    /// All but the options must outlive it.
    MediaWorker(Database& database, const Clock& clock, MediaStore& store, Uploads& uploads, MediaDeskOptions options);
    ~MediaWorker();  ///< ends what is under way: its turn comes again with the next start

    void wake();                                ///< there is something new
    bool isTakingIn(const UploadId& id) const;  ///< now, at this moment

private:
    void run();
    bool takeInAll();
    bool takeIn(const Upload& upload);
    MediaItem made(const Upload& upload);
    void finish(const Upload& upload, MediaItem item);
    bool settle(const Upload& upload, const UploadNote& note, bool mayPass);
    void tell(const UploadId& id, const IngestProgress& progress);
    bool isStopping() const;

    Database& database_;
    const Clock& clock_;
    MediaStore& store_;
    Uploads& uploads_;
    const MediaDeskOptions options_;
    const Descriptor stopDescriptor_;
    mutable std::mutex mutex_;  ///< guards what follows
    std::condition_variable changed_;
    bool stopping_ = false;
    bool hasNews_ = false;
    std::optional<UploadId> current_;
    std::thread thread_;
};

/// Changes the row of an upload. Throws Error(notFound).
Upload changeUpload(Database& database, const UploadId& id,
                    const std::function<void(WriteTransaction& transaction, Upload& upload)>& apply);

/// What people should know of a sound that was taken in: that it could not be brought to the common loudness.
std::optional<UploadNote> noteFor(const MediaItem& item);

}  // namespace loa
