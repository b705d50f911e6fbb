#include "tests/player/agent/refusing_store.h"
#include "tests/player/agent/station_under_test.h"

using namespace loa;
using namespace loa::test;
using namespace std::chrono_literals;

namespace {

constexpr Level loud{-18, -2, 0};

std::string contentOf(const Descriptor& descriptor) {
    char buffer[64];
    const auto length = pread(descriptor.get(), buffer, sizeof buffer, 0);
    return {buffer, static_cast<std::size_t>(std::max<ssize_t>(length, 0))};
}

/// From the cue to the first frame.
ItemId goOnAir(StationUnderTest& station) {
    station.clockTo(five - 10s);
    const auto item = station.expect<Cue>().item;
    station.tell(Cued{item});
    station.clockTo(five - 1s);
    CHECK(station.expect<Start>() == Start{item, five});
    station.tell(Sounding{item, five, 90, 0});
    return item;
}

}  // namespace

TEST_CASE("agent: from a signed plan to an acknowledged row, in the order that loses nothing") {
    StationUnderTest station;
    const auto media = station.makeMedia("opus");
    station.start();
    station.soundComes();
    REQUIRE(station.uplink.wait([&] { return station.uplink.plans.size() == 1; }));
    station.sendPlan(station.plan({station.slotAt(five, media)}));
    REQUIRE(station.uplink.wait([&] { return !station.uplink.media.empty(); }));
    CHECK(station.uplink.media[0] == MediaWanted{media, 4});
    station.putMedia(media, "opus");
    station.inbox.post(MediaArrived{media});

    station.clockTo(five - 10s);
    Descriptor sealed;
    const auto cue = station.expect<Cue>(&sealed);
    CHECK(cue.frames == 30 * frameRate);
    CHECK(contentOf(sealed) == "opus");
    station.tell(Cued{cue.item});
    station.clockTo(five - 1500ms);
    CHECK(station.expect<Start>() == Start{cue.item, five});
    {
        // Whoever finds the disk as it is at this instant knows that it may have sounded.
        for (const char* name : {"spool.db", "spool.db-wal"})
            std::filesystem::copy_file(station.directory.path() / name,
                                       station.directory.path() / ("then-" + std::string{name}));
        Spool then{station.directory.path() / "then-spool.db", loa::test::station, five};
        CHECK(then.openRows().size() == 1);
    }
    station.tell(Sounding{cue.item, five, 90, 0});
    station.tell(Progress{cue.item, 48'000, loud});
    REQUIRE(station.uplink.wait([&] { return station.uplink.statuses.back().onAir.has_value(); }));
    CHECK(station.uplink.statuses.back().onAirTitle == "Tổng đài 1022");
}

TEST_CASE("agent: a row goes out until it is acknowledged") {
    StationUnderTest station;
    const auto media = station.makeMedia("opus");
    station.putMedia(media, "opus");
    station.start();
    station.soundComes();
    station.sendPlan(station.plan({station.slotAt(five, media)}));
    const auto item = goOnAir(station);
    station.clockTo(five + 30s);
    station.tell(Ended{item, Ended::Cause::finished, 30 * frameRate, five + 30s, loud, ""});
    REQUIRE(station.uplink.wait([&] { return station.uplink.batches.size() == 1; }));
    const auto row = station.uplink.batches[0].at(0);
    CHECK(row.result == AiringResult::aired);
    CHECK(row.id.sequence == 1);
    CHECK(row.heard == Interval{five, five + 30s});
    CHECK(row.startErrorMicroseconds == 90);
    CHECK(row.bootId == "boot");
    station.inbox.post(RequestFailed{RequestFailed::Request::airings, 503, "busy", {}});
    REQUIRE(station.liveUntil([&] { return station.uplink.batches.size() == 2; }));
    CHECK(station.uplink.batches[1] == std::vector{row});
    station.inbox.post(AiringsReceived{{row.id}});
    station.stop();
    Spool spool{station.spoolFile(), loa::test::station, five};
    CHECK(spool.waitingCount() == 0);
}

TEST_CASE("agent: an answer that cannot be noted takes no other with it, and the rows go out again") {
    StationUnderTest station;
    const auto media = station.makeMedia("opus");
    station.start();
    station.soundComes();
    station.sendPlan(station.plan({station.slotAt(five - 1min - 40s, media)}));
    REQUIRE(station.uplink.wait([&] { return station.uplink.batches.size() == 1; }));
    {
        const RefusingStore refusing{station.spoolFile()};
        station.inbox.post(AiringsReceived{{station.uplink.batches[0].at(0).id}});
        station.sendPlan(station.plan({}, 2));
        REQUIRE(station.holdsPlan(2));
    }
    REQUIRE(station.liveUntil([&] { return station.uplink.batches.size() == 2; }));
    station.inbox.post(AiringsReceived{{station.uplink.batches[1].at(0).id}});
    station.stop();
    Spool spool{station.spoolFile(), loa::test::station, five};
    CHECK(spool.waitingCount() == 0);
}

TEST_CASE("agent: a plan of another key, another station or an older revision, or that nobody approved, is not used") {
    StationUnderTest station;
    station.start();
    station.soundComes();
    station.sendPlan(station.plan({}, 5));
    REQUIRE(station.holdsPlan(5));
    const auto stranger = SigningKey::generate();
    station.inbox.post(ManifestFetched{sign("manifest", toJson(station.plan({}, 9)), stranger), "\"9\""});
    station.inbox.post(ManifestFetched{sign("order", toJson(station.plan({}, 9)), station.key), "\"9\""});
    auto foreign = station.plan({}, 9);
    foreign.station = StationId{"binh-tan"};
    station.sendPlan(foreign);
    station.sendPlan(station.plan({}, 4));
    station.inbox.post(ManifestFetched{"{", "\"9\""});
    auto unapproved = station.plan({station.slotAt(five, station.makeMedia("opus"))}, 9);
    unapproved.approvals.clear();
    station.sendPlan(unapproved);
    station.sendPlan(station.plan({}, 6));
    REQUIRE(station.holdsPlan(6));
    station.stop();
    Spool spool{station.spoolFile(), loa::test::station, five};
    CHECK(spool.manifest()->etag == "\"6\"");
    for (const auto& status : station.uplink.statuses)
        CHECK((status.revision == 0 || status.revision == 5 || status.revision == 6));
}

TEST_CASE("agent: what is on disk sounds without the office, and its plan is asked for by the ETag it has") {
    StationUnderTest station;
    const auto media = station.makeMedia("opus");
    station.putMedia(media, "opus");
    {
        Spool spool{station.spoolFile(), loa::test::station, five};
        const auto plan = station.plan({station.slotAt(five, media)});
        spool.keepManifest({station.signedPlan(plan), "\"1\""}, plan, five - 1h);
    }
    station.start();
    station.soundComes();
    goOnAir(station);
    CHECK(station.uplink.plans.at(0) == "\"1\"");
}

TEST_CASE("agent: a plan on disk that does not verify is not used") {
    StationUnderTest station;
    {
        Spool spool{station.spoolFile(), loa::test::station, five};
        const auto plan = station.plan({});
        spool.keepManifest({sign("manifest", toJson(plan), SigningKey::generate()), "\"1\""}, plan, five - 1h);
    }
    station.start();
    REQUIRE(station.holdsPlan(0));
    CHECK(station.uplink.plans.at(0) == "");
}

TEST_CASE("agent: a file whose bytes are wrong is not cued but fetched again") {
    StationUnderTest station;
    const auto media = station.makeMedia("opus");
    station.putMedia(media, "noise");
    station.start();
    station.soundComes();
    station.sendPlan(station.plan({station.slotAt(five, media)}));
    REQUIRE(station.holdsPlan(1));
    CHECK(station.uplink.media.empty());
    station.clockTo(five - 10s);
    REQUIRE(station.uplink.wait([&] { return !station.uplink.media.empty(); }));
    CHECK_FALSE(std::filesystem::exists(station.cache.fileOf(media)));
    station.putMedia(media, "opus");
    station.inbox.post(MediaArrived{media});
    station.clockTo(five - 5s);
    CHECK(station.expect<Cue>().frames == 30 * frameRate);
}

TEST_CASE("agent: a row that an earlier life left open is closed and reported") {
    StationUnderTest station;
    const auto media = station.makeMedia("opus");
    {
        Spool spool{station.spoolFile(), loa::test::station, five};
        Airing open;
        open.slot = station.slotAt(five - 1h, media).id;
        open.media = media;
        open.planned = {five - 1h, five - 1h + 30s};
        open.plannedFrames = 30 * frameRate;
        const auto id = spool.writeStarted(open);
        spool.writeCheckpoint({id, five - 1h, 0, 11 * frameRate, loud});
    }
    station.start();
    REQUIRE(station.uplink.wait([&] { return !station.uplink.batches.empty(); }));
    const auto row = station.uplink.batches[0].at(0);
    CHECK(row.result == AiringResult::partial);
    CHECK(row.reason == MissReason::restart);
    CHECK(row.heard == Interval{five - 1h, five - 1h + 11s});
}

TEST_CASE("agent: asked to end while on air it fades out, writes the row, and tries one last post") {
    StationUnderTest station;
    const auto media = station.makeMedia("opus");
    station.putMedia(media, "opus");
    station.start();
    station.soundComes();
    station.sendPlan(station.plan({station.slotAt(five, media)}));
    const auto item = goOnAir(station);
    station.tell(Progress{item, 2 * frameRate, loud});
    station.clockTo(five + 3s);
    station.askToStop();
    CHECK(station.expect<Stop>().item == item);
    station.tell(Ended{item, Ended::Cause::stopped, 3 * frameRate, five + 3s, loud, ""});
    REQUIRE(station.uplink.wait([&] { return !station.uplink.batches.empty(); }));
    station.inbox.post(AiringsReceived{{station.uplink.batches[0].at(0).id}});
    station.join();
    CHECK(station.uplink.batches[0].at(0).result == AiringResult::partial);
    Spool spool{station.spoolFile(), loa::test::station, five};
    CHECK(spool.waitingCount() == 0);
}

TEST_CASE("agent: a loa-sound that says nothing for 5 s, or something senseless, is left and reached again") {
    StationUnderTest station;
    station.start();
    station.soundComes();
    SUBCASE("nothing") {}
    SUBCASE("something senseless") {
        station.sound->send("{}");
    }
    CHECK(station.isLeft());
    station.clock.advance(2s);
    station.soundComes();
    REQUIRE(station.uplink.wait([&] { return station.uplink.statuses.size() > 0; }));
}
