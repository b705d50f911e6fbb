#include "player/delivery.h"

#include <doctest/doctest.h>

#include "scheduler/domain/error.h"
#include "tests/player/agent/refusing_store.h"
#include "tests/player/agent/station_under_test.h"

using namespace loa;
using namespace loa::test;
using namespace std::chrono_literals;

namespace {

struct Office {
    TemporaryDirectory directory;
    Spool spool{directory.path() / "spool.db", station, five};
    RecordingUplink uplink;
    Delivery delivery{{station, 60s, 900s}, spool, uplink};
    Milliseconds now{1'000'000};

    void addRows(int count) {
        for (int i = 0; i < count; ++i) {
            Airing airing;
            airing.slot = SlotId{"slot " + std::to_string(++rows)};
            airing.planned = {five, five + 30s};
            spool.writeMissed(airing);
        }
        delivery.rowsChanged();
    }
    void turn(Milliseconds later = 0s) {
        now += later;
        delivery.turn(now, status);
    }
    std::vector<std::int64_t> lastBatch() const {
        std::vector<std::int64_t> numbers;
        for (const auto& row : uplink.batches.back()) numbers.push_back(row.id.sequence);
        return numbers;
    }
    void receive() {
        std::vector<AiringId> ids;
        for (const auto& row : uplink.batches.back()) ids.push_back(row.id);
        delivery.received(AiringsReceived{ids}, now, five);
    }
    void refuse(int code) { delivery.received(RequestFailed{RequestFailed::Request::airings, code, "no", {}}, now); }
    StationStatus status;
    int rows = 0;
};

}  // namespace

TEST_CASE("delivery: rows go in batches, one under way at a time, until none is left") {
    Office office;
    office.addRows(250);
    office.turn();
    office.turn();
    REQUIRE(office.uplink.batches.size() == 1);
    CHECK(office.uplink.batches[0].size() == 200);
    office.receive();
    office.turn();
    CHECK(office.uplink.batches.back().size() == 50);
    office.receive();
    office.turn(1h);
    CHECK(office.uplink.batches.size() == 2);
}

TEST_CASE("delivery: while the office is down rows are tried at growing distances, for ever, and none is lost") {
    Office office;
    office.addRows(1);
    int tries = 0;
    for (int second = 0; second < 3600; ++second) {
        office.turn(1s);
        if (static_cast<int>(office.uplink.batches.size()) > tries) {
            ++tries;
            office.refuse(second % 2 ? 503 : 0);
        }
    }
    CHECK(tries > 3600 / 20);
    CHECK(tries < 3600 / 15);
    CHECK(office.spool.waitingCount() == 1);
}

TEST_CASE("delivery: a receipt that names none of the rows is no progress, and is not asked for at once again") {
    Office office;
    office.addRows(1);
    office.turn();
    office.delivery.received(AiringsReceived{}, office.now, five);
    office.turn();
    CHECK(office.uplink.batches.size() == 1);
    office.turn(2s);
    CHECK(office.uplink.batches.size() == 2);
}

TEST_CASE("delivery: a receipt that the store cannot note is no receipt; the rows go out again") {
    Office office;
    office.addRows(1);
    office.turn();
    {
        const RefusingStore refusing{office.directory.path() / "spool.db"};
        CHECK_THROWS_AS(office.receive(), Error);
    }
    office.turn(20s);
    REQUIRE(office.uplink.batches.size() == 2);
    office.receive();
    CHECK(office.spool.waitingCount() == 0);
}

TEST_CASE("delivery: one row that the office refuses holds up no other") {
    Office office;
    office.addRows(4);
    for (int i = 0; i < 20; ++i) {
        office.turn(20s);
        if (!office.delivery.lastRows(office.now)) break;
        const auto batch = office.lastBatch();
        const bool bad = std::find(batch.begin(), batch.end(), 2) != batch.end();
        if (bad)
            office.refuse(422);
        else
            office.receive();
    }
    CHECK(office.spool.waitingCount() == 1);
    CHECK(office.spool.waiting(0, 10)[0].id.sequence == 2);
    office.addRows(1);
    for (int i = 0; i < 5 && office.spool.waitingCount() > 1; ++i) {
        office.turn(20s);
        const auto batch = office.lastBatch();
        if (std::find(batch.begin(), batch.end(), 2) != batch.end())
            office.refuse(422);
        else
            office.receive();
    }
    CHECK(office.spool.waiting(0, 10).size() == 1);
}

TEST_CASE("delivery: status goes out on change and on the timer, moving figures are no change") {
    Office office;
    const auto said = [&] { return office.uplink.statuses.size(); };
    office.turn();
    CHECK(said() == 1);
    office.delivery.received(StatusReceived{}, office.now);
    office.status.onAirFrames = 100;
    office.status.said = five;
    office.turn(1s);
    CHECK(said() == 1);
    office.status.output = "lost";
    office.turn(1s);
    CHECK(said() == 2);
    office.delivery.received(StatusReceived{}, office.now);
    office.turn(899s);
    CHECK(said() == 2);
    office.turn(1s);
    CHECK(said() == 3);
}

TEST_CASE("delivery: rows that the office lacks after it was restored go out again, oldest first, and once") {
    Office office;
    office.addRows(250);
    for (int batch = 0; batch < 2; ++batch) {
        office.turn();
        office.receive();
    }
    CHECK(office.spool.waitingCount() == 0);
    office.delivery.received(StatusReceived{{office.spool.epoch(), {{11, 250}}}}, office.now);
    office.turn();
    REQUIRE(office.uplink.batches.size() == 3);
    CHECK(office.lastBatch().front() == 11);
    CHECK(office.lastBatch().size() == 200);
    office.receive();
    office.turn();
    CHECK(office.lastBatch().back() == 250);
    office.receive();
    office.delivery.received(StatusReceived{{office.spool.epoch(), {}}}, office.now);
    office.turn(1h);
    CHECK(office.uplink.batches.size() == 4);
}

TEST_CASE("delivery: a status that did not get through is said again soon, not on the timer") {
    Office office;
    office.turn();
    office.delivery.received(StatusReceived{}, office.now);
    office.status.output = "lost";
    office.turn(1s);
    REQUIRE(office.uplink.statuses.size() == 2);
    office.delivery.received(RequestFailed{RequestFailed::Request::status, 503, "busy", {}}, office.now);
    office.turn(2s);
    REQUIRE(office.uplink.statuses.size() == 3);
    CHECK(office.uplink.statuses.back().output == "lost");
}

TEST_CASE("delivery: the plan is asked for on the timer, sooner after a failure") {
    Office office;
    office.delivery.holds("\"7\"");
    office.turn();
    REQUIRE(office.uplink.plans == std::vector<std::string>{"\"7\""});
    office.delivery.received(ManifestUnchanged{}, office.now);
    office.turn(59s);
    CHECK(office.uplink.plans.size() == 1);
    office.turn(1s);
    CHECK(office.uplink.plans.size() == 2);
    office.delivery.received(RequestFailed{RequestFailed::Request::manifest, 0, "down", {}}, office.now);
    CHECK(office.delivery.trouble() == "down");
    office.turn(2s);
    CHECK(office.uplink.plans.size() == 3);
}

TEST_CASE("delivery: media comes one after the other, and a file that cannot be had holds up no other") {
    Office office;
    const MediaId first{std::string(64, 'a')};
    const MediaId second{std::string(64, 'b')};
    office.delivery.want({{first, 1}, {second, 2}});
    office.turn();
    office.turn();
    REQUIRE(office.uplink.media == std::vector<MediaWanted>{{first, 1}});
    office.delivery.received(RequestFailed{RequestFailed::Request::media, 404, "none", first}, office.now);
    office.turn();
    REQUIRE(office.uplink.media.size() == 2);
    CHECK(office.uplink.media[1].media == second);
    office.delivery.received(MediaArrived{second});
    office.turn(2s);
    REQUIRE(office.uplink.media.size() == 3);
    CHECK(office.uplink.media[2].media == first);
    office.delivery.received(MediaArrived{first});
    office.turn(1h);
    CHECK(office.uplink.media.size() == 3);
}

TEST_CASE("pace: distances grow to 16 s and a fifth, and are the station's own") {
    Pace pace;
    std::vector<std::int64_t> waits;
    Milliseconds now{0};
    for (int i = 0; i < 7; ++i) {
        pace.begin();
        pace.fail(now, 999);
        const auto from = now;
        while (!pace.free(now)) now += 1ms;
        waits.push_back((now - from).count());
    }
    CHECK(waits == std::vector<std::int64_t>{1199, 2399, 4799, 9598, 19196, 19196, 19196});
    CHECK(stationJitter("an-phong") != stationJitter("binh-tan"));
}
