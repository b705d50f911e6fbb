// An agent over a store that was, or gets, damaged.
#include "tests/player/agent/station_under_test.h"
#include "tests/player/spool/damaged_store.h"

using namespace loa;
using namespace loa::test;
using namespace std::chrono_literals;

namespace {

/// A store that holds this plan and many rows.
void makeStore(const StationUnderTest& station, const Manifest& plan) {
    {
        Spool spool{station.spoolFile(), loa::test::station, five - 2h};
        spool.keepManifest({station.signedPlan(plan), "\"1\""}, plan, five - 2h);
        Airing airing;
        airing.slot = SlotId{"earlier"};
        airing.planned = {five - 1h, five - 1h + 30s};
        spool.writeMissed(airing);
    }
    multiplyRows(station.spoolFile(), 8000);
}

}  // namespace

TEST_CASE("agent: with its store damaged it sounds the plan it had, says so, and invents no row of before") {
    StationUnderTest station;
    const auto media = station.makeMedia("opus");
    station.putMedia(media, "opus");
    makeStore(station, station.plan({station.slotAt(five - 30min, media), station.slotAt(five, media)}));
    damage(station.spoolFile(), 40, 50);
    station.start();
    station.soundComes();
    REQUIRE(station.holdsPlan(1));
    CHECK(station.uplink.statuses.back().spoolReplaced == five - 1min);
    CHECK(station.uplink.plans.at(0) == "\"1\"");
    station.clockTo(five - 10s);
    const auto item = station.expect<Cue>().item;
    station.tell(Cued{item});
    station.clockTo(five - 1s);
    CHECK(station.expect<Start>() == Start{item, five});
    station.tell(Sounding{item, five, 90, 0});
    station.tell(Ended{item, Ended::Cause::finished, 30 * frameRate, five + 30s, {-18, -2, 0}, ""});
    REQUIRE(station.uplink.wait([&] { return !station.uplink.batches.empty(); }));
    REQUIRE(station.uplink.batches[0].size() == 1);
    CHECK(station.uplink.batches[0][0].result == AiringResult::aired);
    CHECK(station.uplink.batches[0][0].id.sequence == 1);
}

TEST_CASE("agent: a plan in a damaged store that no trusted key has signed is not used") {
    StationUnderTest station;
    auto trusted = std::exchange(station.key, SigningKey::generate());
    makeStore(station, station.plan({}));
    station.key = std::move(trusted);
    damage(station.spoolFile(), 40, 50);
    station.start();
    REQUIRE(station.holdsPlan(0));
}

TEST_CASE("agent: damage found while it runs ends it, for the next start to put aside") {
    StationUnderTest station;
    makeStore(station, station.plan({}));
    station.start();
    REQUIRE(station.uplink.wait([&] { return station.uplink.batches.size() == 1; }));
    damage(station.spoolFile(), 1, 99);
    for (std::size_t batch = 0; batch < 40 && !station.ended(); ++batch) {
        std::vector<AiringId> ids;
        for (const auto& row : station.uplink.batches[batch]) ids.push_back(row.id);
        station.inbox.post(AiringsReceived{ids});
        REQUIRE(station.liveUntil([&] { return station.uplink.batches.size() > batch + 1 || station.ended(); }));
    }
    station.join();
    const Spool spool{station.spoolFile(), loa::test::station, five + 1h};
    CHECK(spool.replaced() == five + 1h);
}
