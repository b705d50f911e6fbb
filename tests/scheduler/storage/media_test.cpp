#include "scheduler/storage/event_repository.h"
#include "scheduler/storage/media_repository.h"
#include "scheduler/storage/plan_version.h"
#include "scheduler/storage/upload_repository.h"
#include "tests/scheduler/storage/backend.h"

using namespace loa;
using namespace loa::test;

namespace {

MediaItem item(const std::string& id, Instant created) {
    return {MediaId{id},         "Giới thiệu 1022",        240'000, 1'920'001, -16.04, -1.53, "bản ghi \"1\".mp3",
            MediaId{"original"}, "Gọi một không hai hai.", created};
}

}  // namespace

TEST_CASE_TEMPLATE("media repository: an item is found again to the last digit; removed ones only by name", Backend,
                   Sqlite) {
    Backend backend;
    const MediaItem older = item("m1", atNoon);
    const MediaItem newer = item("m2", atNoon + Milliseconds{1});
    backend.database().write([&](WriteTransaction& transaction) {
        MediaRepository::save(transaction, older);
        MediaRepository::save(transaction, newer);
    });
    backend.database().read([&](ReadTransaction& transaction) {
        CHECK(MediaRepository::all(transaction) == std::vector{newer, older});
    });
    backend.database().write([&](WriteTransaction& transaction) {
        CHECK(MediaRepository::remove(transaction, older.id, atNoon));
        CHECK_FALSE(MediaRepository::remove(transaction, older.id, atNoon));
    });
    backend.database().read([&](ReadTransaction& transaction) {
        CHECK(MediaRepository::all(transaction) == std::vector{newer});
        CHECK(MediaRepository::find(transaction, older.id) == older);
        CHECK(MediaRepository::removed(transaction, older.id));
    });
    backend.database().write([&](WriteTransaction& transaction) { MediaRepository::save(transaction, older); });
    backend.database().read([&](ReadTransaction& transaction) {
        CHECK_FALSE(MediaRepository::removed(transaction, older.id));
        CHECK(PlanVersion::current(transaction) == 4);
    });
}

TEST_CASE_TEMPLATE("upload repository: an upload goes its way from receiving to done or refused", Backend, Sqlite) {
    Backend backend;
    Upload upload{UploadId{"u1"}, "a.mp3", "Tin", 1'000'000, 0, UploadState::receiving, "", 0, {}, {}, atNoon, ""};
    const auto saved = [&] {
        backend.database().write([&](WriteTransaction& transaction) { UploadRepository::save(transaction, upload); });
        return backend.database().read(
            [&](ReadTransaction& transaction) { return UploadRepository::find(transaction, upload.id); });
    };
    CHECK(saved() == upload);
    upload.received = 999'999;
    upload.state = UploadState::ingesting;
    upload.step = "decoding";
    upload.progress = 40;
    CHECK(saved() == upload);
    upload.state = UploadState::refused;
    upload.note = UploadNote{"not-audio", {"Tệp này không có tiếng.", "The file has no sound."}};
    CHECK(saved() == upload);
    upload.state = UploadState::done;
    upload.note = std::nullopt;
    upload.text = "Gọi 1022 ngay";
    upload.media = MediaId{"m1"};
    CHECK(saved() == upload);
    Upload newer = upload;
    newer.id = UploadId{"u2"};
    newer.state = UploadState::receiving;
    newer.created = atNoon + Milliseconds{1};
    backend.database().write([&](WriteTransaction& transaction) { UploadRepository::save(transaction, newer); });
    backend.database().read([&](ReadTransaction& transaction) {
        CHECK(UploadRepository::all(transaction) == std::vector{upload, newer});
        CHECK(UploadRepository::inState(transaction, UploadState::done) == std::vector{upload});
    });
    backend.database().write([&](WriteTransaction& transaction) { UploadRepository::remove(transaction, upload.id); });
    backend.database().read(
        [&](ReadTransaction& transaction) { CHECK_FALSE(UploadRepository::find(transaction, upload.id)); });
}

TEST_CASE_TEMPLATE("media repository: an event uses media as a whole, in one occurrence or at one station", Backend,
                   Sqlite) {
    Backend backend;
    Event event;
    event.id = EventId{"1022"};
    event.title = "Tổng đài";
    event.source = MediaSource{MediaId{"whole"}};
    event.stationOverrides = {{atNoon, StationId{"s1"}, false, std::nullopt, MediaSource{MediaId{"station"}}}};
    Occurrence occurrence;
    occurrence.event = event.id;
    occurrence.original = atNoon;
    occurrence.source = MediaSource{MediaId{"occurrence"}};
    backend.database().write([&](WriteTransaction& transaction) {
        EventRepository::save(transaction, event, atNoon);
        EventRepository::saveOccurrences(transaction, event.id, std::vector{occurrence},
                                         {atNoon, atNoon + std::chrono::days{1}});
    });
    const auto users = [&](const char* id) {
        return backend.database().read(
            [&](ReadTransaction& transaction) { return MediaRepository::users(transaction, MediaId{id}); });
    };
    for (const char* used : {"whole", "occurrence", "station"}) {
        CAPTURE(used);
        CHECK(users(used) == std::vector{event.id});
    }
    CHECK(users("another").empty());
    backend.database().write([&](WriteTransaction& transaction) { EventRepository::remove(transaction, event.id); });
    CHECK(users("station").empty());
}
