// Uploads and texts as callers hand them in. Runs on the callers' threads, which only note what has come; the worker
// does the rest.
#include "scheduler/operations/media_desk.h"

#include <algorithm>

#include "api/signing/signing.h"
#include "scheduler/calendar/unicode.h"
#include "scheduler/media/speech.h"
#include "scheduler/operations/audit.h"
#include "scheduler/operations/audit_facts.h"
#include "scheduler/operations/clean_name.h"
#include "scheduler/operations/disk_room.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/storage/media_repository.h"

namespace loa {
namespace {

constexpr std::size_t uploadIdBytes = 16;

bool isUnderWay(UploadState state) {
    return state == UploadState::receiving || state == UploadState::ingesting;
}

}  // namespace

struct MediaDesk::State {
    Database& database;
    const Clock& clock;
    MediaStore store;
    Uploads uploads;
    std::mutex appending;  // calls for one upload must not overlap; pieces are small, so one lock serves all
    MediaWorker worker;

    State(Database& base, const Clock& time, const MediaDeskOptions& options)
        : database{base},
          clock{time},
          store{options.directory},
          uploads{store, {.longest = options.longest}},
          worker{base, time, store, uploads, options} {}

    Upload start(Upload upload, const Actor& by) {
        requireRoomForMedia(store.root());
        upload.id = UploadId{randomHex(uploadIdBytes)};
        upload.created = clock.now();
        database.write([&](WriteTransaction& transaction) {
            UploadRepository::save(transaction, upload);
            audit(transaction, by, upload.created, upload.text.empty() ? "begin-upload" : "speak",
                  auditObject(upload.id), {}, auditFacts(upload));
        });
        if (upload.state == UploadState::ingesting) worker.wake();
        return upload;
    }

    /// False when it is to be forgotten.
    bool tendRow(WriteTransaction& transaction, Upload upload) {
        if (upload.state == UploadState::ingesting) return true;
        if (clock.now() >= upload.created + uploadLife) return false;
        if (upload.state != UploadState::receiving || uploads.received(upload.id) < upload.size) return true;
        upload.received = upload.size;
        upload.state = UploadState::ingesting;
        UploadRepository::save(transaction, upload);
        return true;
    }
};

MediaDesk::MediaDesk(Database& database, const Clock& clock, MediaDeskOptions options)
    : state_{std::make_unique<State>(database, clock, options)} {}

MediaDesk::~MediaDesk() = default;

Upload MediaDesk::begin(const std::string& name, const std::string& title, std::int64_t bytes, std::set<AreaId> places,
                        const Actor& by) {
    state_->uploads.checkSize(bytes);
    Upload upload;
    upload.name = cleanTitle(name);
    upload.title = cleanName(title);
    upload.size = bytes;
    upload.places = std::move(places);
    return state_->start(std::move(upload), by);
}

Upload MediaDesk::append(const UploadId& id, std::int64_t offset, const std::string& piece, const Actor& by) {
    requireRoomForMedia(state_->store.root());
    const std::lock_guard lock{state_->appending};
    const auto known = find(id);
    if (known.state != UploadState::receiving)
        throw Error{
            Fault::conflict, "upload-complete", {"Tệp này đã gửi đủ.", "all bytes of this upload have been received"}};
    if (offset > known.size - static_cast<std::int64_t>(piece.size()))
        throw Error{Fault::tooLarge,
                    "past-the-end",
                    {"Phần gửi lên vượt quá cỡ tệp đã báo. Bắt đầu tải lại.",
                     "the piece reaches past the announced " + std::to_string(known.size) + " bytes"}};
    const auto received = state_->uploads.append(id, offset, piece);
    const auto upload = changeUpload(state_->database, id, [&](WriteTransaction& transaction, Upload& changed) {
        changed.received = received;
        if (received < changed.size) return;
        changed.state = UploadState::ingesting;
        audit(transaction, by, state_->clock.now(), "complete-upload", auditObject(id), {}, auditFacts(changed));
    });
    if (upload.state == UploadState::ingesting) state_->worker.wake();
    return upload;
}

Upload MediaDesk::find(const UploadId& id) {
    auto upload =
        state_->database.read([&](ReadTransaction& transaction) { return UploadRepository::find(transaction, id); });
    if (!upload) throw noSuchUpload();
    // The file is ahead of the row when the program ended between the two: what is on disk counts.
    if (upload->state == UploadState::receiving) upload->received = state_->uploads.received(id);
    return *upload;
}

void MediaDesk::remove(const UploadId& id, const Actor& by) {
    const std::lock_guard lock{state_->appending};
    const auto before = find(id);
    if (state_->worker.isTakingIn(id))
        throw Error{Fault::conflict,
                    "being-taken-in",
                    {"Tệp đang được xử lý. Chờ xong rồi xóa.", "it is being taken in; wait until that is done"}};
    state_->database.write([&](WriteTransaction& transaction) {
        UploadRepository::remove(transaction, id);
        audit(transaction, by, state_->clock.now(), "remove-upload", auditObject(id), auditFacts(before), {});
    });
    state_->uploads.remove(id);
}

Upload MediaDesk::speak(const std::string& title, const std::string& text, std::set<AreaId> places, const Actor& by) {
    requireSpeakable(text);
    Upload upload;
    upload.title = cleanName(title);
    upload.text = composed(text);
    upload.places = std::move(places);
    upload.state = UploadState::ingesting;
    return state_->start(std::move(upload), by);
}

void MediaDesk::tend() {
    const std::lock_guard lock{state_->appending};
    const auto left = state_->database.write([&](WriteTransaction& transaction) {
        for (const auto& upload : UploadRepository::all(transaction))
            if (!state_->tendRow(transaction, upload)) UploadRepository::remove(transaction, upload.id);
        return UploadRepository::all(transaction);
    });
    for (const auto& id : state_->uploads.all()) {
        const bool isNeeded = std::any_of(left.begin(), left.end(), [&](const Upload& upload) {
            return upload.id == id && isUnderWay(upload.state);
        });
        if (!isNeeded) state_->uploads.remove(id);
    }
    state_->worker.wake();
}

std::filesystem::path MediaDesk::file(const MediaId& media) {
    const auto stored = state_->store.findCanonical(media);
    if (!stored) throw noSuchMedia(media);
    return stored->path;
}

}  // namespace loa
