// Uploads and texts on their way to media: one thread lets loa-ingest do the work, one upload after the other, and
// writes each step to the upload's row, where the page and the API read it. What cannot be done now, for want of disk
// or anything else that may pass, is done later. No error leaves the thread.
#include "scheduler/operations/media_worker.h"

#include <sys/eventfd.h>

#include <algorithm>
#include <cmath>

#include "scheduler/media/speech.h"
#include "scheduler/operations/audit.h"
#include "scheduler/operations/audit_facts.h"
#include "scheduler/storage/media_repository.h"

namespace loa {
namespace {

/// Marks the upload in hand, while it is.
class InHand {
public:
    InHand(std::mutex& mutex, std::optional<UploadId>& current, const UploadId& id) : mutex_{mutex}, current_{current} {
        const std::lock_guard lock{mutex_};
        current_ = id;
    }
    ~InHand() {
        const std::lock_guard lock{mutex_};
        current_.reset();
    }
    InHand(const InHand&) = delete;
    InHand& operator=(const InHand&) = delete;

private:
    std::mutex& mutex_;
    std::optional<UploadId>& current_;
};

/// The same sound may be uploaded at several places: each has it under its own name. What the whole office has is
/// called as it was called there first.
void save(WriteTransaction& transaction, const MediaItem& item, const std::set<AreaId>& places) {
    const bool isNew = !MediaRepository::find(transaction, item.id) || MediaRepository::removed(transaction, item.id);
    const auto others = MediaRepository::placesOf(transaction, item.id);
    if (!isNew && others.empty()) return;
    if (isNew || places.empty()) {
        MediaRepository::save(transaction, item);
        MediaRepository::forgetPlaces(transaction, item.id);
    }
    const auto hasAlready = [&](const AreaId& area) {
        return !isNew && std::ranges::any_of(
                             others, [&](const MediaPlace& other) { return other.area == area && !other.removed; });
    };
    for (const auto& area : places)
        if (!hasAlready(area)) MediaRepository::savePlace(transaction, item.id, {area, item.title, item.originalName});
}

}  // namespace

MediaWorker::MediaWorker(Database& database, const Clock& clock, MediaStore& store, Uploads& uploads,
                         MediaDeskOptions options)
    : database_{database},
      clock_{clock},
      store_{store},
      uploads_{uploads},
      options_{std::move(options)},
      stopDescriptor_{eventfd(0, EFD_CLOEXEC)},
      thread_{[this] { run(); }} {}

MediaWorker::~MediaWorker() {
    {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
    }
    eventfd_write(stopDescriptor_.get(), 1);
    changed_.notify_all();
    thread_.join();
}

void MediaWorker::wake() {
    {
        const std::lock_guard lock{mutex_};
        hasNews_ = true;
    }
    changed_.notify_all();
}

bool MediaWorker::isTakingIn(const UploadId& id) const {
    const std::lock_guard lock{mutex_};
    return current_ == id;
}

bool MediaWorker::isStopping() const {
    const std::lock_guard lock{mutex_};
    return stopping_;
}

void MediaWorker::run() {
    std::unique_lock lock{mutex_};
    while (!stopping_) {
        hasNews_ = false;
        lock.unlock();
        const bool allDone = takeInAll();
        lock.lock();
        const auto isDue = [&] { return stopping_ || hasNews_; };
        if (allDone)
            changed_.wait(lock, isDue);
        else
            changed_.wait_for(lock, options_.retryAfter, isDue);
    }
}

/// False when something is left for another time.
bool MediaWorker::takeInAll() {
    try {
        const auto waiting = database_.read([](ReadTransaction& transaction) {
            return UploadRepository::inState(transaction, UploadState::ingesting);
        });
        bool allDone = true;
        for (const auto& upload : waiting)
            if (!isStopping()) allDone = takeIn(upload) && allDone;
        return allDone;
    } catch (const std::exception&) {
        return false;  // the rows cannot be read now
    }
}

/// False when its turn shall come again.
bool MediaWorker::takeIn(const Upload& upload) {
    const InHand inHand{mutex_, current_, upload.id};
    try {
        finish(upload, made(upload));
        return true;
    } catch (const Error& error) {
        return settle(upload, {error.code(), error.words()}, error.fault() == Fault::unavailable);
    } catch (const std::exception& fault) {
        return settle(upload,
                      {"not-taken-in",
                       {"Loa chưa xử lý được tệp này và sẽ thử lại. Báo quản trị nếu để lâu.",
                        std::string{"it could not be taken in yet: "} + fault.what()}},
                      true);
    }
}

MediaItem MediaWorker::made(const Upload& upload) {
    IngestSettings settings;
    settings.program = options_.ingestProgram;
    settings.limits.longest = options_.longest;
    settings.deadline = ingestDeadline(settings.limits);
    settings.stopDescriptor = stopDescriptor_.get();
    const auto ingested = [&](const std::filesystem::path& original) {
        return ingest(store_, settings, original, [&](const IngestProgress& progress) { tell(upload.id, progress); });
    };
    if (upload.text.empty()) return ingested(uploads_.file(upload.id));
    SpeechSettings speech;
    speech.program = options_.speechProgram;
    speech.voice = options_.speechVoice;
    speech.stopDescriptor = stopDescriptor_.get();
    return ingested(synthesize(store_, speech, upload.text).path());
}

/// Ten rows a step are enough for the eye; each is a durable write, and none is worth an upload.
void MediaWorker::tell(const UploadId& id, const IngestProgress& progress) {
    if (progress.percent % 10 != 0) return;
    try {
        changeUpload(database_, id, [&](WriteTransaction&, Upload& upload) {
            upload.step = nameOf(progress.step);
            upload.progress = progress.percent;
        });
    } catch (const std::exception&) {
        return;
    }
}

void MediaWorker::finish(const Upload& upload, MediaItem item) {
    item.title = upload.title;
    item.originalName = upload.name;
    item.text = upload.text;
    item.created = clock_.now();
    database_.write([&](WriteTransaction& transaction) {
        if (!UploadRepository::find(transaction, upload.id)) return;  // given up meanwhile
        save(transaction, item, upload.places);
        auto done = upload;
        done.state = UploadState::done;
        done.received = upload.size;
        done.step = "done";
        done.progress = 100;
        done.media = item.id;
        done.note = noteFor(item);
        UploadRepository::save(transaction, done);
        audit(transaction, Actor{}, item.created, "take-in-media", auditObject(item.id), {{"upload", upload.id.text()}},
              auditFacts(item));
    });
    uploads_.remove(upload.id);
}

/// Notes what happened: for good, or, where it may pass, until the upload's life is over. False when its turn shall
/// come again.
bool MediaWorker::settle(const Upload& upload, const UploadNote& note, bool mayPass) {
    if (mayPass && isStopping()) return false;
    const bool isRefused = !mayPass || clock_.now() >= upload.created + uploadLife;
    try {
        changeUpload(database_, upload.id, [&](WriteTransaction&, Upload& changed) {
            if (isRefused) changed.state = UploadState::refused;
            changed.note = note;
        });
        if (isRefused) uploads_.remove(upload.id);
        return isRefused;
    } catch (const std::exception&) {
        return false;  // not even that can be written: the row is as it was, and so is the file
    }
}

Upload changeUpload(Database& database, const UploadId& id,
                    const std::function<void(WriteTransaction& transaction, Upload& upload)>& apply) {
    return database.write([&](WriteTransaction& transaction) {
        auto upload = UploadRepository::find(transaction, id);
        if (!upload) throw noSuchUpload();
        apply(transaction, *upload);
        UploadRepository::save(transaction, *upload);
        return *upload;
    });
}

std::optional<UploadNote> noteFor(const MediaItem& item) {
    if (isLevelled(item)) return std::nullopt;
    const double off = item.loudnessLufs - loudnessAimLufs;
    const auto decibels = std::to_string(std::lround(std::abs(off)));
    const bool isQuiet = off < 0;
    return UploadNote{"media-not-levelled",
                      {std::string{"Bản này nghe "} + (isQuiet ? "nhỏ" : "to") + " hơn các bản khác khoảng " +
                           decibels + " dB. Nghe thử; nếu cần, bớt những chỗ to đột ngột rồi tải lại.",
                       "It sounds about " + decibels + " dB " + (isQuiet ? "quieter" : "louder") +
                           " than other media; listen to it, and lower its sudden peaks if need be."}};
}

}  // namespace loa
