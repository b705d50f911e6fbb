#include "player/spool/spool.h"

#include <doctest/doctest.h>

#include <functional>

#include "scheduler/domain/error.h"
#include "tests/support/temporary_directory.h"

using namespace loa;
using namespace loa::test;
using namespace std::chrono_literals;

namespace {

const StationId station{"an-phong"};
const Instant five = *parseInstant("2027-03-02T05:00:00+07:00");

Airing airingAt(Instant start) {
    Airing airing;
    airing.id.station = station;
    airing.slot = makeSlotId(EventId{"1022"}, start, station, 0);
    airing.title = "Tổng đài 1022 – phản ánh, kiến nghị";
    airing.media = MediaId{std::string(64, 'a')};
    airing.revision = 3;
    airing.planned = {start, start + 30s};
    airing.plannedFrames = 30 * 48000;
    airing.reason = MissReason::restart;
    airing.bootId = "boot";
    airing.sinceBoot = 5s;
    return airing;
}

Airing heard(Airing airing, AiringId id) {
    airing.id = std::move(id);
    airing.result = AiringResult::aired;
    airing.reason = MissReason::none;
    airing.heard = airing.planned;
    airing.frames = airing.plannedFrames;
    airing.startErrorMicroseconds = -250;
    airing.level = {-17.25, -1.5, 0.0};
    return airing;
}

Manifest planOf(std::int64_t revision, Instant start = five) {
    Manifest manifest;
    manifest.station = station;
    manifest.revision = revision;
    Slot slot;
    slot.id = airingAt(five).slot;
    slot.at = {start, start + 30s};
    manifest.slots = {slot};
    return manifest;
}

std::string codeOf(const std::function<void()>& act) {
    try {
        act();
    } catch (const Error& error) {
        return error.code();
    }
    return "no error";
}

}  // namespace

TEST_CASE("spool: an airing comes back as it was written") {
    const TemporaryDirectory directory;
    Spool spool{directory.path() / "spool.db", station, five};
    const auto id = spool.writeStarted(airingAt(five));
    CHECK(id == AiringId{station, spool.epoch(), 1});
    const auto airing = heard(airingAt(five), id);
    spool.writeEnded(airing, true);
    const auto waiting = spool.waiting(0, 10);
    REQUIRE(waiting.size() == 1);
    CHECK(waiting[0] == airing);
}

TEST_CASE("spool: numbers are gapless over both kinds of rows, over a reopening, and when old rows are gone") {
    const TemporaryDirectory directory;
    std::int64_t epoch = 0;
    {
        Spool spool{directory.path() / "spool.db", station, five};
        epoch = spool.epoch();
        CHECK(spool.writeMissed(airingAt(five)).sequence == 1);
        CHECK(spool.writeStarted(airingAt(five + 1h)).sequence == 2);
        CHECK(spool.writeMissed(airingAt(five + 2h)).sequence == 3);
        CHECK(codeOf([&] { spool.writeMissed(airingAt(five + 2h)); }) == "row-exists");
        const AiringId all[] = {{station, epoch, 1}, {station, epoch, 2}, {station, epoch, 3}};
        spool.acknowledge(all, five);
        spool.prune(five + 24h * 401);
    }
    Spool spool{directory.path() / "spool.db", station, five};
    CHECK(spool.epoch() == epoch);
    CHECK(spool.writeMissed(airingAt(five + 3h)).sequence == 4);
}

TEST_CASE("spool: two stores have two epochs") {
    const TemporaryDirectory directory;
    Spool one{directory.path() / "one.db", station, five};
    Spool two{directory.path() / "two.db", station, five};
    CHECK(one.epoch() != two.epoch());
    CHECK(one.epoch() > 0);
    CHECK(one.epoch() < (std::int64_t{1} << 53));
}

TEST_CASE("spool: F03 the power goes while on air: the started row and its last checkpoint are there") {
    const TemporaryDirectory directory;
    Spool spool{directory.path() / "spool.db", station, five};
    const auto id = spool.writeStarted(airingAt(five));
    spool.writeCheckpoint({id, five + 1ms, 1000, 5 * 48000, {-18, -2, 0}});
    // What is on disk at this instant, with the write-ahead log, and nothing that the process still holds.
    for (const char* name : {"spool.db", "spool.db-wal"})
        std::filesystem::copy_file(directory.path() / name, directory.path() / (std::string{"cut-"} + name));
    Spool after{directory.path() / "cut-spool.db", station, five};
    const auto open = after.openRows();
    REQUIRE(open.size() == 1);
    CHECK(open[0].id == id);
    CHECK(open[0].reason == MissReason::restart);
    CHECK(open[0].frames == 5 * 48000);
    REQUIRE(open[0].heard);
    CHECK(open[0].heard->start == five + 1ms);
    CHECK(after.waiting(0, 10).empty());
    CHECK_FALSE(after.record(open[0].slot));
}

TEST_CASE("spool: a row is completed once") {
    const TemporaryDirectory directory;
    Spool spool{directory.path() / "spool.db", station, five};
    const auto id = spool.writeStarted(airingAt(five));
    spool.writeEnded(heard(airingAt(five), id), true);
    CHECK(codeOf([&] { spool.writeEnded(heard(airingAt(five), id), true); }) == "no-open-row");
    spool.writeCheckpoint({id, five, 0, 1, {}});
    CHECK(spool.waiting(0, 10)[0].frames == 30 * 48000);
}

TEST_CASE("spool: a settled slot takes no further row, an unsettled one does") {
    const TemporaryDirectory directory;
    Spool spool{directory.path() / "spool.db", station, five};
    const auto first = spool.writeStarted(airingAt(five));
    spool.writeEnded(heard(airingAt(five), first), false);
    CHECK(spool.record(airingAt(five).slot) == SlotRecord{false, five + 30s});
    const auto second = spool.writeStarted(airingAt(five));
    spool.writeEnded(heard(airingAt(five), second), true);
    CHECK(spool.record(airingAt(five).slot) == SlotRecord{true, five + 30s});
    CHECK(codeOf([&] { spool.writeStarted(airingAt(five)); }) == "slot-settled");
    CHECK(codeOf([&] { spool.writeMissed(airingAt(five)); }) == "slot-settled");
    CHECK(spool.writeMissed(airingAt(five + 1h)).sequence == 3);
}

TEST_CASE("spool: the outbox gives rows until they are acknowledged, and only this store's") {
    const TemporaryDirectory directory;
    Spool spool{directory.path() / "spool.db", station, five};
    for (int hour = 0; hour < 5; ++hour) spool.writeMissed(airingAt(five + std::chrono::hours{hour}));
    CHECK(spool.waitingCount() == 5);
    CHECK(spool.waiting(0, 2).size() == 2);
    CHECK(spool.waiting(2, 10).front().id.sequence == 3);
    const AiringId received[] = {{station, spool.epoch(), 1},
                                 {station, spool.epoch(), 3},
                                 {station, spool.epoch() + 2, 2},
                                 {StationId{"binh-tan"}, spool.epoch(), 4},
                                 {station, spool.epoch(), 99}};
    spool.acknowledge(received, five);
    spool.acknowledge(received, five + 1h);
    CHECK(spool.waitingCount() == 3);
    CHECK(spool.waiting(0, 10).front().id.sequence == 2);
}

TEST_CASE("spool: rows stay 400 days after their acknowledgement, and as long as there is none") {
    const TemporaryDirectory directory;
    Spool spool{directory.path() / "spool.db", station, five};
    spool.writeMissed(airingAt(five));
    spool.writeMissed(airingAt(five + 1h));
    const AiringId first[] = {{station, spool.epoch(), 1}};
    spool.acknowledge(first, five);
    spool.prune(five + 24h * 400);
    CHECK(spool.record(airingAt(five).slot));
    spool.prune(five + 24h * 400 + 1s);
    CHECK_FALSE(spool.record(airingAt(five).slot));
    CHECK(spool.waitingCount() == 1);
}

TEST_CASE("spool: what the office lacks waits again, the rest does not, and is kept for 400 days anew") {
    const TemporaryDirectory directory;
    Spool spool{directory.path() / "spool.db", station, five};
    CHECK(spool.lastSequence() == 0);
    for (int hour = 0; hour < 5; ++hour) spool.writeMissed(airingAt(five + hour * 1h));
    CHECK(spool.lastSequence() == 5);
    std::vector<AiringId> ids;
    for (std::int64_t sequence = 1; sequence <= 4; ++sequence) ids.push_back({station, spool.epoch(), sequence});
    spool.acknowledge(ids, five);
    CHECK(spool.sendAgain({spool.epoch() + 2, {{1, 5}}}) == 0);
    CHECK(spool.sendAgain({spool.epoch(), {{2, 3}, {5, 9}}}) == 2);  // 5 was never acknowledged
    const auto waiting = spool.waiting(0, 10);
    REQUIRE(waiting.size() == 3);
    CHECK(waiting[0] == [&] {
        auto row = airingAt(five + 1h);
        row.id = ids[1];
        return row;
    }());
    spool.prune(five + 24h * 401);
    CHECK_FALSE(spool.record(airingAt(five).slot));
    CHECK(spool.waitingCount() == 3);
    spool.acknowledge(ids, five + 24h * 401);
    spool.prune(five + 24h * 800);
    CHECK(spool.record(airingAt(five + 1h).slot));
}

TEST_CASE("spool: the plan never goes back, and never changes within a revision") {
    const TemporaryDirectory directory;
    Spool spool{directory.path() / "spool.db", station, five};
    CHECK_FALSE(spool.manifest());
    spool.keepManifest({"document 5", "\"5\""}, planOf(5), five);
    CHECK(codeOf([&] { spool.keepManifest({"document 4", "\"4\""}, planOf(4), five); }) == "revision-back");
    CHECK(codeOf([&] { spool.keepManifest({"other 5", "\"5\""}, planOf(5), five); }) == "revision-back");
    spool.keepManifest({"document 5", "\"five\""}, planOf(5), five);
    CHECK(spool.manifest() == HeldManifest{"document 5", "\"five\""});
    spool.keepManifest({"document 6", "\"6\""}, planOf(6), five);
    CHECK(spool.manifest()->document == "document 6");
}

TEST_CASE("spool: a slot is known since its first plan, anew when it was moved") {
    const TemporaryDirectory directory;
    Spool spool{directory.path() / "spool.db", station, five};
    const auto slot = airingAt(five).slot;
    CHECK_FALSE(spool.knownSince(slot));
    spool.keepManifest({"1", ""}, planOf(1), five - 5h);
    spool.keepManifest({"2", ""}, planOf(2), five - 4h);
    CHECK(spool.knownSince(slot) == five - 5h);
    spool.keepManifest({"3", ""}, planOf(3, five + 1h), five - 3h);
    CHECK(spool.knownSince(slot) == five - 3h);
}

TEST_CASE("spool: quarantine lasts a day, with its reason") {
    const TemporaryDirectory directory;
    const MediaId bad{std::string(64, 'b')};
    {
        Spool spool{directory.path() / "spool.db", station, five};
        spool.quarantine(bad, MissReason::mediaTruncated, five);
    }
    Spool spool{directory.path() / "spool.db", station, five};
    CHECK(spool.quarantined(five + 23h) == std::map<MediaId, MissReason>{{bad, MissReason::mediaTruncated}});
    CHECK(spool.quarantined(five + 24h).empty());
}

TEST_CASE("spool: a second player and another station are refused") {
    const TemporaryDirectory directory;
    {
        const Spool spool{directory.path() / "spool.db", station, five};
        CHECK(codeOf([&] { Spool{directory.path() / "spool.db", station, five}; }) == "spool-busy");
    }
    CHECK(codeOf([&] {
              Spool{directory.path() / "spool.db", StationId{"binh-tan"}, five};
          }) == "spool-of-another-station");
    const Spool again{directory.path() / "spool.db", station, five};
}

TEST_CASE("spool: what sounded by a clock that was not trusted waits until it is known when that was") {
    const TemporaryDirectory directory;
    Spool spool{directory.path() / "spool.db", station, five};
    auto doubtful = heard(airingAt(five), spool.writeStarted(airingAt(five)));
    doubtful.clockTrust = ClockTrust::untrusted;
    doubtful.heard = Interval{Instant{1h}, Instant{1h + 30s}};  // of 1970
    spool.writeEnded(doubtful, true);
    auto sure = heard(airingAt(five + 1h), spool.writeStarted(airingAt(five + 1h)));
    sure.clockTrust = ClockTrust::holdover;
    spool.writeEnded(sure, true);
    CHECK(spool.waiting(0, 10) == std::vector{sure});
    CHECK(spool.waitingCount() == 1);

    // The machine was started five seconds before five, and the first frame passed five seconds later.
    CHECK(spool.rebase(five.time_since_epoch() - 5s) == 1);
    doubtful.heard = Interval{five, five + 30s};
    doubtful.rebased = true;
    CHECK(spool.waiting(0, 10) == std::vector{doubtful, sure});
    CHECK(spool.rebase(five.time_since_epoch() + 1h) == 0);
}

TEST_CASE("spool: a slot that was missed has no time to be told, and goes out at once") {
    const TemporaryDirectory directory;
    Spool spool{directory.path() / "spool.db", station, five};
    auto missed = airingAt(five);
    missed.clockTrust = ClockTrust::untrusted;
    missed.id = spool.writeMissed(missed);
    CHECK(spool.waiting(0, 10) == std::vector{missed});
}

TEST_CASE("spool: rows of a boot that never got to know the time are sent after it as they are") {
    const TemporaryDirectory directory;
    Spool spool{directory.path() / "spool.db", station, five};
    auto doubtful = heard(airingAt(five), spool.writeStarted(airingAt(five)));
    doubtful.clockTrust = ClockTrust::untrusted;
    spool.writeEnded(doubtful, true);
    spool.releaseRowsBefore("boot");
    CHECK(spool.waiting(0, 10).empty());
    spool.releaseRowsBefore("another boot");
    CHECK(spool.rebase(five.time_since_epoch()) == 0);
    CHECK(spool.waiting(0, 10) == std::vector{doubtful});
}

TEST_CASE("spool: a checkpoint says when the first frame passed, and by which clock") {
    const TemporaryDirectory directory;
    Spool spool{directory.path() / "spool.db", station, five};
    const auto id = spool.writeStarted(airingAt(five));
    spool.writeCheckpoint({id, five, 0, 48000, {-18, -2, 0}, 7s, ClockTrust::holdover});
    const auto open = spool.openRows().at(0);
    CHECK(open.sinceBoot == 7s);
    CHECK(open.clockTrust == ClockTrust::holdover);
}

TEST_CASE("spool: the last good time is kept, the newest alone") {
    const TemporaryDirectory directory;
    {
        Spool spool{directory.path() / "spool.db", station, five};
        CHECK_FALSE(spool.goodTime());
        spool.keepGoodTime({five, 1h, "boot"});
        spool.keepGoodTime({five + 1h, 2h, "boot"});
    }
    Spool spool{directory.path() / "spool.db", station, five};
    CHECK(spool.goodTime() == GoodTime{five + 1h, 2h, "boot"});
}
