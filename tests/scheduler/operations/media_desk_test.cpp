#include "scheduler/operations/media_desk.h"

#include <sys/stat.h>
#include <sys/wait.h>

#include <fstream>

#include "scheduler/storage/media_repository.h"
#include "tests/scheduler/storage/loop_disk.h"
#include "tests/support/broken_media.h"
#include "tests/support/manual_clock.h"
#include "tests/support/wait_until.h"

using namespace loa;
using namespace loa::test;

namespace {

constexpr std::chrono::seconds patience{60};
const std::filesystem::path realIngest = std::filesystem::path{std::getenv("LOA_BIN_DIR")} / "loa-ingest";

/// A desk with the real loa-ingest that can be opened again, as after a restart.
struct House {
    TemporaryDirectory folder;
    ManualClock clock{atNoon};
    std::unique_ptr<Database> database;
    MediaDeskOptions options{.directory = folder.path() / "media", .ingestProgram = realIngest};
    std::unique_ptr<MediaDesk> desk;

    House() { options.retryAfter = Milliseconds{20}; }
    void open(const std::filesystem::path& place) {
        if (!database) database = std::make_unique<Database>(place / "loa.db", clock.now());
        desk = std::make_unique<MediaDesk>(*database, clock, options);
    }
    void open() { open(folder.path()); }
    void close() {
        desk.reset();
        database.reset();
    }
    void reopen() {
        close();
        open();
    }
    /// A program of this name that does what the script says.
    std::filesystem::path script(const std::string& name, const std::string& does) const {
        const auto path = folder.path() / name;
        std::ofstream{path} << "#!/bin/sh\n" << does << "\n";
        chmod(path.c_str(), 0700);
        return path;
    }
    UploadId sent(const std::string& bytes) {
        const auto id = desk->begin("tin.wav", "Tin sáng", static_cast<std::int64_t>(bytes.size())).id;
        desk->append(id, 0, bytes);
        return id;
    }
    /// The upload once it has come so far.
    Upload once(const UploadId& id, const std::function<bool(const Upload&)>& isSo) {
        Upload upload;
        const bool came = waitUntil([&] { return isSo(upload = desk->find(id)); }, patience);
        CAPTURE(toText(upload.state));
        CAPTURE((upload.note ? upload.note->words.en : "no note"));
        REQUIRE(came);
        return upload;
    }
    Upload ended(const UploadId& id) {
        return once(id, [](const Upload& upload) {
            return upload.state == UploadState::done || upload.state == UploadState::refused;
        });
    }
    Upload held(const UploadId& id, const std::string& code) {
        return once(id, [&](const Upload& upload) { return upload.note && upload.note->code == code; });
    }
    std::filesystem::path part(const UploadId& id) const {
        return options.directory / "uploads" / (id.text() + ".part");
    }
    bool exists(const UploadId& id) {
        return errorCode([&] { desk->find(id); }).empty();
    }
};

std::string sound(double seconds = 2) {
    return wavFile(burstTone(seconds));
}

}  // namespace

TEST_CASE("media desk: pieces become media under the title given, and the bytes sent are not kept twice") {
    House house;
    house.open();
    const auto bytes = sound();
    const auto id = house.desk->begin("tin.wav", "Tin  sáng\n", static_cast<std::int64_t>(bytes.size())).id;
    CHECK(house.desk->append(id, 0, bytes.substr(0, 1000)).received == 1000);
    CHECK(errorCode([&] { house.desk->append(id, 0, bytes); }) == "upload-offset");
    CHECK(errorCode([&] { house.desk->append(id, 2000, "x"); }) == "upload-offset");
    CHECK(errorCode([&] { house.desk->append(id, 1000, bytes); }) == "past-the-end");
    CHECK(errorCode([&] { house.desk->append(id, INT64_MAX, bytes); }) == "past-the-end");
    house.desk->append(id, 1000, bytes.substr(1000));
    const auto done = house.ended(id);
    CHECK(done.state == UploadState::done);
    CHECK_FALSE(done.note.has_value());
    CHECK(std::filesystem::exists(house.desk->file(done.media.value())));
    CHECK(waitUntil([&] { return !std::filesystem::exists(house.part(id)); }, patience));
    CHECK(errorCode([&] { house.desk->append(id, 0, bytes); }) == "upload-complete");
    const auto item = house.database->read(
        [&](ReadTransaction& transaction) { return MediaRepository::find(transaction, *done.media); });
    CHECK(item.value().title == "Tin sáng");
}

TEST_CASE("media desk: the same sound at two places has the name that each gave it, until the whole office has it") {
    House house;
    house.open();
    const auto bytes = sound();
    const auto names = [&](const std::string& title, std::set<AreaId> places) {
        const auto id = house.desk->begin(title + ".wav", title, static_cast<std::int64_t>(bytes.size()), places).id;
        house.desk->append(id, 0, bytes);
        const auto media = house.ended(id).media.value();
        return house.database->read([&](ReadTransaction& transaction) {
            std::vector<std::string> all{MediaRepository::find(transaction, media).value().title};
            for (const auto& place : MediaRepository::placesOf(transaction, media)) all.push_back(place.title);
            return all;
        });
    };
    using Names = std::vector<std::string>;
    CHECK(names("Của A", {AreaId{"a"}}) == Names{"Của A", "Của A"});
    CHECK(names("Của B", {AreaId{"b"}}) == Names{"Của A", "Của A", "Của B"});
    CHECK(names("Lại B", {AreaId{"b"}}) == Names{"Của A", "Của A", "Của B"});
    CHECK(names("Chung", {}) == Names{"Chung"});
    CHECK(names("Của C", {AreaId{"c"}}) == Names{"Chung"});
}

TEST_CASE("media desk: what is no sound is refused with its reason, and its bytes go") {
    House house;
    house.open();
    const auto refused = house.ended(house.sent(std::string(5000, 'x')));
    CHECK(refused.state == UploadState::refused);
    CHECK(refused.note.value().code.starts_with("media-"));
    CHECK(waitUntil([&] { return !std::filesystem::exists(house.part(refused.id)); }, patience));
}

TEST_CASE("media desk: an upload goes on after a restart, half sent or whole") {
    House house;
    house.options.ingestProgram = house.script("hangs", "touch $0.runs; /bin/sleep 1000");
    house.open();
    const auto bytes = sound();
    const auto half = house.desk->begin("a.wav", "a", static_cast<std::int64_t>(bytes.size())).id;
    house.desk->append(half, 0, bytes.substr(0, 7000));
    const auto whole = house.sent(sound(3));
    REQUIRE(waitUntil([&] { return std::filesystem::exists(house.folder.path() / "hangs.runs"); }, patience));
    CHECK(errorCode([&] { house.desk->remove(whole); }) == "being-taken-in");

    house.options.ingestProgram = realIngest;
    house.close();  // the one that hangs is ended, not waited for
    CHECK(waitpid(-1, nullptr, WNOHANG) == -1);
    house.open();
    CHECK(house.ended(whole).state == UploadState::done);
    CHECK(house.desk->find(half).received == 7000);
    house.desk->append(half, 7000, bytes.substr(7000));
    CHECK(house.ended(half).state == UploadState::done);
}

TEST_CASE("media desk: a text to be spoken goes on after a restart, too") {
    House house;
    std::ofstream{house.folder.path() / "sound", std::ios::binary} << sound();
    house.options.speechProgram = house.script("speaks", "/bin/cat " + (house.folder.path() / "sound").string());
    house.options.ingestProgram = "/nowhere/loa-ingest";
    house.open();
    const auto id = house.desk->speak("Tổng đài", "Gọi một không hai hai ngay.").id;
    house.held(id, "ingest-unavailable");
    house.options.ingestProgram = realIngest;
    house.reopen();
    CHECK(house.ended(id).state == UploadState::done);
    CHECK(errorCode([&] { house.desk->speak("Tổng đài", " ... "); }) == "speech-empty");
    CHECK(errorCode([&] { house.desk->speak(" ", "Gọi ngay."); }) == "no-name");
}

TEST_CASE("media desk: what was whole on disk when the program ended, and not in its row, is found by the upkeep") {
    House house;
    house.open();
    const auto bytes = sound();
    const auto id = house.desk->begin("a.wav", "a", static_cast<std::int64_t>(bytes.size())).id;
    house.desk->append(id, 0, bytes.substr(0, 1000));
    house.desk.reset();
    std::ofstream{house.part(id), std::ios::binary} << bytes;
    house.open();
    house.desk->tend();
    CHECK(house.ended(id).state == UploadState::done);
}

TEST_CASE("media desk: what may pass is waited out, in sight of people") {
    House house;
    house.options.ingestProgram = house.folder.path() / "loa-ingest";
    house.open();
    const auto id = house.sent(sound());
    CHECK(house.held(id, "ingest-unavailable").state == UploadState::ingesting);
    std::filesystem::create_symlink(realIngest, house.options.ingestProgram);
    const auto done = house.ended(id);
    CHECK(done.state == UploadState::done);
    CHECK_FALSE(done.note.has_value());
}

TEST_CASE("F16 disk full: the media's disk: the upload waits and is taken in once there is room") {
    if (withoutLoopDevices()) return;
    LoopDisk disk{160};
    House house;
    house.options.directory = disk.folder() / "media";
    house.options.ingestProgram = house.folder.path() / "loa-ingest";
    house.open();
    const auto id = house.sent(sound(5));
    house.held(id, "ingest-unavailable");
    disk.fill();
    std::filesystem::create_symlink(realIngest, house.options.ingestProgram);
    CHECK(house.held(id, "media-disk-full").state == UploadState::ingesting);
    disk.clear();
    CHECK(house.ended(id).state == UploadState::done);
}

TEST_CASE("F16 disk full: the database's disk: a refusal that cannot be written ends nothing, now or after a restart") {
    if (withoutLoopDevices()) return;
    LoopDisk disk;
    House house;
    house.options.ingestProgram = house.folder.path() / "loa-ingest";
    house.open(disk.folder());
    const auto id = house.sent(sound());
    house.held(id, "ingest-unavailable");
    disk.fill();
    house.script("loa-ingest", "touch $0.ran; echo '{\"refused\":\"media-silent\"}' >&5");
    const auto isTried = [&] {
        std::filesystem::remove(house.folder.path() / "loa-ingest.ran");
        return waitUntil([&] { return std::filesystem::exists(house.folder.path() / "loa-ingest.ran"); }, patience);
    };
    CHECK(isTried());
    CHECK(isTried());
    house.desk.reset();
    house.open(disk.folder());
    CHECK(isTried());
    CHECK(isTried());
    CHECK(house.desk->find(id).state == UploadState::ingesting);
    CHECK(errorCode([&] { house.desk->begin("b.wav", "b", 10); }) == "disk-full");
    disk.clear();
    CHECK(house.ended(id).note.value().code == "media-silent");
}

TEST_CASE(
    "media desk: an upload that nobody ends is forgotten after seven days, with its bytes; one under way is not") {
    House house;
    house.options.ingestProgram = "/nowhere/loa-ingest";
    house.open();
    const auto old = house.desk->begin("a.wav", "a", 10).id;
    house.desk->append(old, 0, "12345");
    const auto waiting = house.sent(sound());
    house.held(waiting, "ingest-unavailable");
    const auto nobodys = house.part(UploadId{std::string(32, 'e')});
    std::ofstream{nobodys} << "left behind";
    house.clock.advance(uploadLife - Milliseconds{1});
    house.desk->tend();
    CHECK(house.exists(old));
    CHECK_FALSE(std::filesystem::exists(nobodys));
    house.clock.advance(Milliseconds{1});
    house.desk->tend();
    CHECK_FALSE(house.exists(old));
    CHECK_FALSE(std::filesystem::exists(house.part(old)));
    // What has been tried for seven days is refused, with the reason it was waiting for.
    const auto refused = house.ended(waiting);
    CHECK(refused.state == UploadState::refused);
    CHECK(refused.note.value().code == "ingest-unavailable");
}

TEST_CASE("media desk: an upload can be given up, and is gone with its bytes") {
    House house;
    house.open();
    const auto id = house.desk->begin("a.wav", "a", 10).id;
    house.desk->append(id, 0, "12345");
    house.desk->remove(id);
    CHECK_FALSE(house.exists(id));
    CHECK_FALSE(std::filesystem::exists(house.part(id)));
    CHECK(errorCode([&] { house.desk->remove(id); }) == "no-such-upload");
}

TEST_CASE("media desk: sound that misses the common loudness is taken in, and that is said") {
    House house;
    house.open();
    std::vector<std::int16_t> clicks(4 * 48000, 0);
    for (std::size_t at = 0; at < clicks.size(); at += 2400) clicks[at] = 30000;
    const auto done = house.ended(house.sent(wavFile(clicks)));
    CHECK(done.state == UploadState::done);
    CHECK(done.note.value().code == "media-not-levelled");
    CHECK(done.note->words.vi.find("nhỏ hơn") != std::string::npos);
}
