// An office that goes back to its back-up, and a station that has gone on: real stores on both sides, then real
// programs.
#include <doctest/doctest.h>

#include <algorithm>
#include <csignal>

#include "api/wire/airing_json.h"
#include "api/wire/status_json.h"
#include "player/spool/spool.h"
#include "scheduler/backup/make_backup.h"
#include "scheduler/backup/restore_backup.h"
#include "scheduler/domain/media_item.h"
#include "scheduler/media/media_store.h"
#include "scheduler/operations/accept_airings.h"
#include "scheduler/storage/airing_repository.h"
#include "tests/support/running_office.h"
#include "tests/support/test_office.h"
#include "tests/support/tone_media.h"
#include "tests/support/wait_until.h"

using namespace loa;
using namespace loa::test;

namespace {

const StationId station{"tan-hue"};

/// An office that opens what is in a folder.
struct OpenedOffice {
    ManualClock clock;
    SigningKey key = SigningKey::generate();
    Database database;
    AiringJournal journal{database};
    ManifestShelf shelf;
    MediaDesk media;
    PlanChanges planChanges;
    FeedShelf feeds;
    ServedParts served;
    Door door;
    ToldLines lines;
    Scheduler scheduler{database,
                        journal,
                        clock,
                        key,
                        shelf,
                        media,
                        planChanges,
                        feeds,
                        served,
                        door,
                        lines,
                        "UTC",
                        std::chrono::hours{48}};

    OpenedOffice(const std::filesystem::path& folder, Instant now)
        : clock{now},
          database{folder / "loa.db", now},
          media{database, clock, {.directory = folder / "media", .ingestProgram = "/bin/false"}} {}
};

/// A station's store, and its reports as they go over the wire.
struct StoredStation {
    TemporaryDirectory folder;
    Instant now = at("2027-03-01T05:00:00Z");
    Spool spool{folder.path() / "spool.db", station, now};

    void air(int count) {
        for (int i = 0; i < count; ++i, now += std::chrono::minutes{10}) {
            Airing airing;
            airing.slot = SlotId{formatInstant(now)};
            airing.planned = {now, now + std::chrono::seconds{30}};
            spool.writeMissed(airing);
        }
    }
    /// Reports all that waits; how many batches that took.
    int deliver(Scheduler& office) {
        int batches = 0;
        for (;; ++batches) {
            const auto rows = spool.waiting(0, maximumAiringsInBatch);
            if (rows.empty()) return batches;
            const auto receipt = receiptToJson(acceptAirings(office, station, airingsFromJson(airingsToJson(rows))));
            spool.acknowledge(receiptFromJson(receipt), now);
        }
    }
    /// Says how it is, and hears what is lacking; how many rows wait again.
    std::size_t say(Scheduler& office) {
        StationStatus status;
        status.output = "ready";
        status.epoch = spool.epoch();
        status.lastSequence = spool.lastSequence();
        const auto lacking = acceptStatus(office, station, statusFromJson(toJson(status)));
        return lacking.ranges.empty() ? 0 : spool.sendAgain(lackingFromJson(toJson(lacking)));
    }
};

std::vector<Airing> airingsOf(Scheduler& office) {
    return office.database.read([](ReadTransaction& transaction) {
        return AiringRepository::plannedIn(transaction, station, {Instant{}, Instant::max()});
    });
}

void silent(std::string_view, std::int64_t, std::int64_t) {}

/// The lines of a minute from `start`, once none is unknown.
nlohmann::json linesOf(const RunningOffice& office, Instant start) {
    nlohmann::json lines;
    const auto isComplete = [&] {
        lines = office.asRun(start, start + std::chrono::minutes{1});
        return !lines.empty() &&
               std::ranges::none_of(lines, [](const auto& line) { return line["result"] == "unknown"; });
    };
    CHECK_MESSAGE(waitUntil(isComplete, std::chrono::seconds{60}), lines.dump(1));
    return lines;
}

/// A slot that starts then is in a manifest.
bool isPublished(const RunningOffice& office, Instant start) {
    return waitUntil([&] { return !office.asRun(start, start + std::chrono::seconds{1}).empty(); },
                     std::chrono::seconds{60});
}

/// The revision the station says it holds, once that is so.
std::int64_t heldRevision(const RunningOffice& office, const std::function<bool(std::int64_t)>& isSo) {
    std::int64_t revision = 0;
    const auto comes = [&] {
        const auto answer = office.ask("GET", "/v1/stations/tan-hue");
        revision = answer.contains("status") ? answer["status"]["revision"].get<std::int64_t>() : 0;
        return isSo(revision);
    };
    CHECK(waitUntil(comes, std::chrono::seconds{60}));
    return revision;
}

}  // namespace

TEST_CASE("restore: what the back-up lacks comes back from the station's store, each airing exactly once") {
    TestOffice before;
    StoredStation player;
    player.air(300);
    player.deliver(before.scheduler);
    CHECK(player.say(before.scheduler) == 0);
    TemporaryDirectory folder;
    const auto made = makeBackup(before.directory.path(), folder.path() / "backups", before.clock.now(), silent);
    player.air(450);
    player.deliver(before.scheduler);
    const auto held = airingsOf(before.scheduler);
    REQUIRE(held.size() == 750);

    restoreBackup(made.folder, folder.path() / "state", Existing::refuse, before.clock.now(), silent);
    OpenedOffice restored{folder.path() / "state", before.clock.now()};
    CHECK(airingsOf(restored.scheduler).size() == 300);
    player.air(1);
    CHECK(player.say(restored.scheduler) == 450);
    CHECK(player.deliver(restored.scheduler) == 3);
    auto now = airingsOf(restored.scheduler);
    REQUIRE(now.size() == 751);
    now.pop_back();
    CHECK(now == held);
    CHECK(player.say(restored.scheduler) == 0);
    CHECK(player.deliver(restored.scheduler) == 0);
}

TEST_CASE(
    "restore: with real programs: back up, air, restore; the airing comes back once, the as-run says the same, and the "
    "station's plan goes on from the number it had") {
    const TemporaryDirectory directory;
    const SystemClock clock;
    RunningOffice office{directory.path() / "office"};
    RunningStation player{office, "tan-hue", {}};
    const auto media = office.upload("tone.opus", toneMedia(frameRate * 3));
    const auto start = std::chrono::ceil<std::chrono::seconds>(clock.now() + std::chrono::seconds{30});
    office.plan("1022", media, start, {"urn:loa:station:tan-hue"});
    REQUIRE(isPublished(office, start));
    const auto backups = (directory.path() / "backups").string();
    const auto made = office.command("backup", "--to '" + backups + "'");
    REQUIRE_MESSAGE(made.status == 0, made.output);
    const auto folder = std::filesystem::directory_iterator {
        backups
        } -> path();
    CHECK(examineDatabase(folder / "loa.db").rows.at("airing") == 0);
    const auto from = "--from '" + folder.string() + "'";
    CHECK(runShell("'" + program("loa-scheduler") + "' backup verify " + from).status == 0);
    office.plan("lost", media, start + std::chrono::hours{1}, {"urn:loa:station:tan-hue"});
    REQUIRE(isPublished(office, start + std::chrono::hours{1}));
    const auto revision = office.ask("GET", "/v1/stations/tan-hue")["published"].get<std::int64_t>();
    heldRevision(office, [&](auto held) { return held == revision; });

    const auto lines = linesOf(office, start);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0]["result"] == "aired");
    const auto period = "/v1/stations/tan-hue/airings?from=" + formatInstant(start) +
                        "&to=" + formatInstant(start + std::chrono::minutes{1});
    const auto airings = office.ask("GET", period);
    REQUIRE(airings["airings"].size() == 1);

    CHECK(office.command("restore", from + " --existing put-aside").status == 1);  // serve runs
    office.stop();
    CHECK(office.command("restore", from).status == 1);  // an office is there
    const auto restored = office.command("restore", from + " --existing put-aside");
    REQUIRE_MESSAGE(restored.status == 0, restored.output);
    CHECK(restored.output.find("About to air in the next 24 hours") != std::string::npos);
    const auto verified = office.command("audit verify");
    CHECK_MESSAGE(verified.status == 0, verified.output);
    CHECK(verified.output.find("restored\tentry ") != std::string::npos);
    office.start();
    CHECK(linesOf(office, start) == lines);
    CHECK(office.ask("GET", period) == airings);
    CHECK(heldRevision(office, [&](auto held) { return held > revision; }) > revision);
    CHECK(office.call("GET", "/v1/events/lost").status == 404);
    CHECK(player.player().record().starts == 1);
}

TEST_CASE("backup: a sound that is lacking is named by backup, verify and restore, and the back-up ends with 1") {
    const TemporaryDirectory directory;
    RunningOffice office{directory.path() / "office"};
    const MediaId lost{office.upload("tone.opus", toneMedia(frameRate * 3))};
    const auto title = office.ask("GET", "/v1/media/" + lost.text() + "/facts").at("title").get<std::string>();
    const auto line = canonicalPath(lost).string() + '\t' + title + '\n';
    std::filesystem::remove(office.folder() / "state" / "media" / canonicalPath(lost));
    const auto backups = (directory.path() / "backups").string();
    const auto made = office.command("backup", "--to '" + backups + "'");
    CHECK(made.status == 1);
    CHECK(made.output.find(line) != std::string::npos);
    const auto from = "--from '" + std::filesystem::directory_iterator {
        backups
        } -> path().string() + "'";
    const auto verified = runShell("'" + program("loa-scheduler") + "' backup verify " + from);
    CHECK(verified.status == 0);
    CHECK(verified.output.find(line) != std::string::npos);
    office.stop();
    const auto restored = office.command("restore", from + " --existing put-aside");
    CHECK(restored.status == 0);
    CHECK(restored.output.find(line) != std::string::npos);
}

TEST_CASE(
    "restore: killed at each step of a back-up and of a restore: never half an office, and once more completes it") {
    const TemporaryDirectory directory;
    RunningOffice office{directory.path() / "office"};
    office.upload("tone.opus", toneMedia(frameRate * 3));
    const auto backups = directory.path() / "backups";
    const auto killedAt = [&](const std::string& point, const std::string& command, const std::string& more) {
        return runShell("LOA_KILL_POINT=" + point + " '" + program("loa-scheduler") + "' " + command + " --config '" +
                        (office.folder() / "scheduler.properties").string() + "' " + more)
                   .status == 128 + SIGKILL;
    };
    const auto wholeOnes = [&] {
        std::vector<std::filesystem::path> found;
        for (const auto& entry : std::filesystem::directory_iterator{backups})
            if (entry.path().filename().string().starts_with("loa-")) found.push_back(entry.path());
        return found;
    };
    const auto to = "--to '" + backups.string() + "'";
    for (const auto* point : {"backup.databaseCopied", "backup.mediaCopied", "backup.inventoryWritten"}) {
        CAPTURE(point);
        CHECK(killedAt(point, "backup", to));
        CHECK(wholeOnes().empty());
    }
    REQUIRE(office.command("backup", to).status == 0);
    CHECK(std::distance(std::filesystem::directory_iterator{backups}, {}) == 1);
    const auto from = "--from '" + wholeOnes().at(0).string() + "' --existing put-aside";
    const auto before = office.ask("GET", "/v1/media");
    office.stop();
    for (const auto* point : {"restore.copied", "restore.putAside", "restore.mediaPlaced", "restore.databasePlaced",
                              "restore.headsPlaced"}) {
        CAPTURE(point);
        CHECK(killedAt(point, "restore", from));
        // Before the old office makes room it is still the one; after that none starts.
        const bool isUntouched = std::string{point} == "restore.copied";
        CHECK(office.command("token list").status == (isUntouched ? 0 : 1));
        CHECK(office.command("restore", from).status == 0);
        CHECK(office.command("token list").status == 0);
        CHECK(office.command("audit verify").status == 0);
    }
    office.start();
    CHECK(office.ask("GET", "/v1/media") == before);
}
