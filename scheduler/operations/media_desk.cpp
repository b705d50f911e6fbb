// Uploads and speech on their way to media. Callers' threads only note what has come; one worker thread lets loa-ingest
// do the work, one item after the other, and writes each step to the upload's row, where the page and the API read it.
#include "scheduler/operations/media_desk.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "api/signing/signing.h"
#include "scheduler/calendar/unicode.h"
#include "scheduler/media/ingest.h"
#include "scheduler/media/media_store.h"
#include "scheduler/media/speech.h"
#include "scheduler/media/uploads.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/storage/event_repository.h"
#include "scheduler/storage/media_repository.h"

namespace loa {
namespace {

constexpr std::size_t uploadIdBytes = 16;

struct Work {
    UploadId upload;
    std::string text;  ///< to be spoken; empty: the upload's bytes
};

Upload findOrThrow(ReadTransaction& transaction, const UploadId& id) {
    const auto upload = UploadRepository::find(transaction, id);
    if (!upload) throw noSuchUpload(id);
    return *upload;
}

UploadProblem interrupted() {
    return {"interrupted",
            {"Máy chủ dừng khi đang xử lý. Gửi lại tệp hoặc tạo lại bản đọc.",
             "the server stopped while it was being taken in; send it again"}};
}

}  // namespace

struct MediaDesk::State {
    Database& database;
    const Clock& clock;
    MediaDeskOptions options;
    IngestLimits limits;
    MediaStore store;
    Uploads uploads;
    std::mutex appending;  // calls for one upload must not overlap; pieces are small, so one lock serves all
    std::mutex mutex;      // guards queue and stopping
    std::condition_variable wake;
    std::deque<Work> queue;
    bool stopping = false;
    std::thread worker;

    State(Database& base, const Clock& time, MediaDeskOptions given)
        : database{base},
          clock{time},
          options{std::move(given)},
          limits{.bytes = maximumUploadBytes, .longest = options.longest},
          store{options.directory},
          uploads{store, limits} {}

    template <class Change>
    Upload change(const UploadId& id, const Change& apply) {
        return database.write([&](WriteTransaction& transaction) {
            auto upload = findOrThrow(transaction, id);
            apply(upload);
            UploadRepository::save(transaction, upload);
            return upload;
        });
    }

    void refuse(const UploadId& id, const UploadProblem& problem) {
        change(id, [&](Upload& upload) {
            upload.state = UploadState::refused;
            upload.problem = problem;
        });
    }

    void refuseInterrupted() {
        const auto left = database.read([](ReadTransaction& transaction) {
            return UploadRepository::inState(transaction, UploadState::ingesting);
        });
        for (const auto& upload : left) refuse(upload.id, interrupted());
    }

    void enqueue(Work work) {
        {
            const std::lock_guard lock{mutex};
            queue.push_back(std::move(work));
        }
        wake.notify_one();
    }

    void runWorker() {
        for (;;) {
            std::unique_lock lock{mutex};
            wake.wait(lock, [&] { return stopping || !queue.empty(); });
            if (stopping) return;
            const auto work = std::move(queue.front());
            queue.pop_front();
            lock.unlock();
            takeIn(work);
        }
    }

    IncomingFile original(const Work& work) {
        if (work.text.empty()) return uploads.take(work.upload);
        change(work.upload, [](Upload& upload) { upload.step = "speak"; });
        SpeechSettings settings;
        settings.program = options.speechProgram;
        settings.voice = options.speechVoice;
        return synthesize(store, settings, work.text);
    }

    /// Ten rows a step are enough for the eye; each is a durable write.
    void tell(const UploadId& id, const IngestProgress& progress) {
        if (progress.percent % 10 != 0) return;
        change(id, [&](Upload& upload) {
            upload.step = nameOf(progress.step);
            upload.progress = progress.percent;
        });
    }

    void takeIn(const Work& work) {
        try {
            IngestSettings settings;
            settings.program = options.ingestProgram;
            settings.limits = limits;
            const auto ingested = ingest(store, settings, original(work),
                                         [&](const IngestProgress& progress) { tell(work.upload, progress); });
            finish(work, ingested);
        } catch (const Error& error) {
            refuse(work.upload, {error.code(), error.words()});
        } catch (const std::exception& fault) {
            refuse(work.upload, {"not-taken-in",
                                 {"Loa chưa nhận được tệp này. Thử lại sau một phút.",
                                  std::string{"it could not be taken in: "} + fault.what()}});
        }
    }

    void finish(const Work& work, const Ingested& ingested) {
        database.write([&](WriteTransaction& transaction) {
            auto upload = findOrThrow(transaction, work.upload);
            auto item = ingested.item;
            item.title = upload.title;
            item.originalName = upload.name;
            item.text = work.text;
            item.created = clock.now();
            if (!MediaRepository::find(transaction, item.id) || MediaRepository::removed(transaction, item.id))
                MediaRepository::save(transaction, item);
            upload.state = UploadState::done;
            upload.step = "done";
            upload.progress = 100;
            upload.media = item.id;
            UploadRepository::save(transaction, upload);
        });
    }

    Upload start(const std::string& name, const std::string& title, std::int64_t bytes, UploadState state) {
        Upload upload;
        upload.id = UploadId{randomHex(uploadIdBytes)};
        upload.name = name;
        upload.title = title;
        upload.size = bytes;
        upload.state = state;
        upload.created = clock.now();
        database.write([&](WriteTransaction& transaction) { UploadRepository::save(transaction, upload); });
        return upload;
    }
};

MediaDesk::MediaDesk(Database& database, const Clock& clock, MediaDeskOptions options)
    : state_{std::make_unique<State>(database, clock, std::move(options))} {
    state_->refuseInterrupted();
    state_->worker = std::thread{[state = state_.get()] { state->runWorker(); }};
}

MediaDesk::~MediaDesk() {
    {
        const std::lock_guard lock{state_->mutex};
        state_->stopping = true;
    }
    state_->wake.notify_one();
    state_->worker.join();
}

Upload MediaDesk::begin(const std::string& name, const std::string& title, std::int64_t bytes) {
    state_->uploads.checkSize(bytes);
    return state_->start(cleanTitle(name), cleanTitle(title), bytes, UploadState::receiving);
}

Upload MediaDesk::append(const UploadId& id, std::int64_t offset, const std::string& piece) {
    const std::lock_guard lock{state_->appending};
    const auto known = find(id);
    if (known.state != UploadState::receiving)
        throw Error{
            Fault::conflict, "upload-complete", {"Tệp này đã gửi đủ.", "all bytes of this upload have been received"}};
    if (offset + static_cast<std::int64_t>(piece.size()) > known.size)
        throw Error{Fault::tooLarge,
                    "past-the-end",
                    {"Phần gửi lên vượt quá cỡ tệp đã báo. Bắt đầu tải lại.",
                     "the piece reaches past the announced " + std::to_string(known.size) + " bytes"}};
    const auto received = state_->uploads.append(id, offset, piece);
    const auto upload = state_->change(id, [&](Upload& changed) {
        changed.received = received;
        if (received == changed.size) changed.state = UploadState::ingesting;
    });
    if (upload.state == UploadState::ingesting) state_->enqueue({id, ""});
    return upload;
}

Upload MediaDesk::find(const UploadId& id) {
    auto upload = state_->database.read([&](ReadTransaction& transaction) { return findOrThrow(transaction, id); });
    // The file is ahead of the row when the program ended between the two: what is on disk counts.
    if (upload.state == UploadState::receiving) upload.received = state_->uploads.received(id);
    return upload;
}

void MediaDesk::remove(const UploadId& id) {
    const std::lock_guard lock{state_->appending};
    if (find(id).state == UploadState::ingesting)
        throw Error{Fault::conflict,
                    "being-taken-in",
                    {"Tệp đang được xử lý. Chờ xong rồi xóa.", "it is being taken in; wait until that is done"}};
    state_->uploads.remove(id);
    state_->database.write([&](WriteTransaction& transaction) { UploadRepository::remove(transaction, id); });
}

Upload MediaDesk::speak(const std::string& title, const std::string& text) {
    if (text.find_first_not_of(" \n\t") == std::string::npos)
        throw Error{Fault::invalid, "no-text", {"Chưa có nội dung để đọc. Viết nội dung trước.", "the text is empty"}};
    if (text.size() > longestSpeechText)
        throw Error{Fault::tooLarge,
                    "text-too-long",
                    {"Nội dung dài quá 8.000 byte. Chia thành nhiều tin ngắn hơn.",
                     "the text is longer than " + std::to_string(longestSpeechText) + " bytes"}};
    const auto clean = cleanTitle(title);
    if (clean.empty())
        throw Error{Fault::invalid, "no-name", {"Chưa có tên. Điền tên rồi lưu lại.", "the title is empty"}};
    const auto upload = state_->start("", clean, 0, UploadState::ingesting);
    state_->enqueue({upload.id, composed(text)});
    return upload;
}

std::filesystem::path MediaDesk::file(const MediaId& media) {
    const auto stored = state_->store.findCanonical(media);
    if (!stored) throw noSuchMedia(media);
    return stored->path;
}

void MediaDesk::removeMedia(const MediaId& media) {
    state_->database.write([&](WriteTransaction& transaction) {
        for (const auto& stored : EventRepository::all(transaction))
            if (stored.event.source == Source{MediaSource{media}})
                throw Error{Fault::conflict,
                            "media-in-use",
                            {"Lịch “" + stored.event.title + "” còn dùng bản âm thanh này. Đổi hoặc xóa lịch trước.",
                             "the event '" + stored.event.title + "' uses it"}};
        if (!MediaRepository::remove(transaction, media, state_->clock.now())) throw noSuchMedia(media);
    });
}

}  // namespace loa
