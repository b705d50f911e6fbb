#include "api/wire/order_json.h"
#include "tests/player/agent/station_under_test.h"

using namespace loa;
using namespace loa::test;
using namespace std::chrono_literals;

namespace {

constexpr Level loud{-18, -2, 0};

struct OrderedStation : StationUnderTest {
    MediaId media = makeMedia("opus");

    Order orderOf(OrderType type, std::int64_t number) const {
        Order order;
        order.id = OrderId{std::string(31, '0') + std::to_string(number)};
        order.type = type;
        order.number = number;
        order.station = station;
        order.issued = five - 2min;
        order.validUntil = five + 1h;
        order.title = "Xả lũ";
        if (sounds(type)) order.sound = OrderSound{media, 4, 2 * frameRate};
        return order;
    }
    std::string documentOf(const Order& order) const { return sign(documentKind(order.type), toJson(order), key); }
    void send(const Order& order) { inbox.post(OrderArrived{documentOf(order)}); }
    bool reported(OrderProgress state) {
        return uplink.wait([&] {
            for (const auto& batch : uplink.orderReports)
                for (const auto& report : batch)
                    if (report.state == state) return true;
            return false;
        });
    }
    /// The office takes each report; time passes until this one was there.
    bool awaitReport(OrderProgress state) {
        for (int i = 0; i < 100; ++i) {
            inbox.post(OrderReportsReceived{});
            clockTo(clock.now() + Milliseconds{20});
            if (uplink.wait(
                    [&] { return !uplink.orderReports.empty() && uplink.orderReports.back().back().state == state; },
                    std::chrono::milliseconds{100}))
                return true;
        }
        return false;
    }
};

}  // namespace

TEST_CASE("agent: an order is durable before its first sample, sounds at once, and what became of it goes out") {
    OrderedStation station;
    station.putMedia(station.media, "opus");
    station.start();
    station.soundComes();
    REQUIRE(station.uplink.wait([&] { return !station.uplink.listened.empty(); }));
    CHECK(station.uplink.listened[0] == 0);
    station.send(station.orderOf(OrderType::emergency, 7));
    const auto cue = station.expect<Cue>();
    CHECK(cue.frames == 2 * frameRate);
    {
        for (const char* name : {"spool.db", "spool.db-wal"})
            std::filesystem::copy_file(station.directory.path() / name,
                                       station.directory.path() / ("then-" + std::string{name}));
        Spool then{station.directory.path() / "then-spool.db", loa::test::station, five};
        CHECK(then.liveOrders().size() == 1);
    }
    station.tell(Cued{cue.item});
    const auto signal = station.expect<StartSignal>();
    station.tell(Sounding{signal.item, five, 0, 0});
    station.tell(Ended{signal.item, Ended::Cause::finished, 2 * frameRate, five, loud, ""});
    CHECK(station.expect<StartNow>().item == cue.item);
    station.tell(Ended{cue.item, Ended::Cause::finished, 2 * frameRate, five, loud, ""});
    CHECK(station.awaitReport(OrderProgress::sounded));
    CHECK(station.uplink.orderReports.back().back().frames == 2 * frameRate);
    CHECK(station.uplink.listened.back() == 7);
}

TEST_CASE("F72 agent: an order of a stranger's key, of another kind, or a drill that says it is live, never sounds") {
    OrderedStation station;
    station.putMedia(station.media, "opus");
    station.start();
    station.soundComes();
    const auto order = station.orderOf(OrderType::emergency, 7);
    const auto drill = station.orderOf(OrderType::drill, 7);
    station.inbox.post(OrderArrived{sign("order", toJson(order), SigningKey::generate())});
    station.inbox.post(OrderArrived{sign("manifest", toJson(order), station.key)});
    station.inbox.post(OrderArrived{sign("drill", toJson(order), station.key)});
    station.inbox.post(OrderArrived{sign("order", toJson(drill), station.key)});
    station.inbox.post(OrderArrived{"{"});
    station.inbox.post(OrderArrived{station.documentOf(order) + std::string(5'000, ' ')});
    auto another = order;
    another.station = StationId{"tan-hue"};
    station.send(another);
    REQUIRE(station.reported(OrderProgress::refused));
    CHECK(station.uplink.orderReports[0].at(0).detail == "it is for station tan-hue");
    // The first packet is about the one that is right.
    station.send(station.orderOf(OrderType::drill, 8));
    const auto cue = station.expect<Cue>();
    station.tell(Cued{cue.item});
    station.expect<StartSignal>();
    station.stop();
    Spool spool{station.spoolFile(), loa::test::station, five};
    CHECK(spool.lastOrder() == 8);
}

TEST_CASE("F70 agent: a mute outlives the player, and so does the number below which nothing is taken") {
    OrderedStation station;
    station.putMedia(station.media, "opus");
    {
        Spool spool{station.spoolFile(), loa::test::station, five};
        const auto plan = station.plan({station.slotAt(five, station.media)});
        spool.keepManifest({station.signedPlan(plan), "\"1\""}, plan, five - 1h);
        const auto mute = station.orderOf(OrderType::mute, 7);
        spool.keepOrder(mute, station.documentOf(mute), {"boot before", 1s}, five - 1h);
    }
    station.start();
    station.soundComes();
    REQUIRE(station.uplink.wait([&] { return !station.uplink.listened.empty(); }));
    CHECK(station.uplink.listened[0] == 7);
    station.clockTo(five + 1s);
    station.send(station.orderOf(OrderType::emergency, 6));
    REQUIRE(station.awaitReport(OrderProgress::refused));
    station.send(station.orderOf(OrderType::unmute, 8));
    CHECK(station.expect<Cue>().frames == 30 * frameRate);  // the plan's, and nothing before it
}

TEST_CASE("agent: what an order needs is fetched before the plan's, what must lie ready is never thrown away") {
    OrderedStation station;
    const auto ready = station.makeMedia("lies ready");
    const auto routine = station.makeMedia("routine");
    station.start();
    station.soundComes();
    REQUIRE(station.uplink.wait([&] { return station.uplink.orderSoundsAsked == 1; }));
    station.inbox.post(OrderSoundsFetched{{{ready, 10, frameRate}}});
    REQUIRE(station.uplink.wait([&] { return station.uplink.media.size() == 1; }));
    CHECK(station.uplink.media[0] == MediaWanted{ready, 10});
    station.sendPlan(station.plan({station.slotAt(five, routine)}));
    station.send(station.orderOf(OrderType::emergency, 7));
    REQUIRE(station.uplink.wait([&] { return station.uplink.media.size() == 2; }));
    CHECK(station.uplink.media[1] == MediaWanted{station.media, 4, true});
    CHECK(station.reported(OrderProgress::received));
    station.putMedia(ready, "lies ready");
    station.inbox.post(MediaArrived{ready});
    REQUIRE(station.uplink.wait([&] { return station.uplink.media.size() == 3; }));
    CHECK(station.uplink.media[2] == MediaWanted{routine, 4});
    station.sendPlan(station.plan({}, 2));
    REQUIRE(station.holdsPlan(2));
    CHECK(std::filesystem::exists(station.cache.fileOf(ready)));
    station.putMedia(station.media, "opus");
    station.inbox.post(MediaArrived{station.media});
    CHECK(station.expect<Cue>().frames == 2 * frameRate);
}

TEST_CASE("agent: a plan that changed is asked for at once, and again when the stream comes back") {
    OrderedStation station;
    station.start();
    station.soundComes();
    REQUIRE(station.uplink.wait([&] { return station.uplink.plans.size() == 1; }));
    station.inbox.post(PlanChanged{});  // while the first request is under way
    station.inbox.post(ManifestUnchanged{});
    REQUIRE(station.uplink.wait([&] { return station.uplink.plans.size() == 2; }));
    station.inbox.post(ManifestUnchanged{});
    station.inbox.post(StreamOpened{});
    REQUIRE(station.uplink.wait([&] { return station.uplink.plans.size() == 3; }));
}
