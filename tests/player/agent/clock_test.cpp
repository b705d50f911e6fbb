// The station's clock as its agent sees it: who vouches for it, and what follows.
#include <cstdlib>

#include "tests/player/agent/station_under_test.h"

using namespace loa;
using namespace loa::test;
using namespace std::chrono_literals;

namespace {

/// Holds a plan of one item at five and its sound; nothing has vouched for the clock yet.
MediaId beginWithoutClock(StationUnderTest& station) {
    const auto media = station.makeMedia("opus");
    station.putMedia(media, "opus");
    station.clock.synchronise(false);
    station.start();
    station.soundComes();
    station.sendPlan(station.plan({station.slotAt(five, media)}));
    REQUIRE(station.holdsPlan(1));
    return media;
}

}  // namespace

TEST_CASE("F27 agent: at 1970 the office tells the time, nothing sounds until the clock is set, and then it does") {
    StationUnderTest station;
    station.clock.set(Instant{5min});
    beginWithoutClock(station);
    CHECK(station.says(ClockTrust::untrusted));
    CHECK(station.uplink.dates.empty());
    station.tellTime(five - 1min);
    station.poke();
    CHECK(station.says(ClockTrust::untrusted));  // it knows what time it is, and that its clock does not show it
    station.clock.set(five - 1min);
    station.poke();
    CHECK(station.says(ClockTrust::trusted));
    CHECK(station.uplink.dates == std::vector{true});
    station.clockTo(five - 10s);
    const auto item = station.expect<Cue>().item;
    station.tell(Cued{item});
    station.clockTo(five - 1s);
    CHECK(station.expect<Start>() == Start{item, five});
}

TEST_CASE("F27 agent: at 1970 what is over by the office's time is missed for want of a clock, and told at once") {
    StationUnderTest station;
    station.clock.set(Instant{5min});
    beginWithoutClock(station);
    station.clockTo(station.clock.now() + 1min);  // it ran before five
    station.tellTime(five);                       // too late by now
    REQUIRE(station.liveUntil([&] { return station.uplink.nonces.size() == 2; }));
    station.tellTime(five + 29s);
    station.clockTo(station.clock.now() + 2s);
    REQUIRE(station.uplink.wait([&] { return !station.uplink.batches.empty(); }));
    const auto row = station.uplink.batches[0].at(0);
    CHECK(row.result == AiringResult::missed);
    CHECK(row.reason == MissReason::clockUntrusted);
    CHECK(row.clockTrust == ClockTrust::untrusted);
}

TEST_CASE("agent: an answer by another key, of another kind, to another question or too late tells no time") {
    StationUnderTest station;
    station.clock.synchronise(false);
    station.start();
    station.soundComes();
    const auto now = station.clock.now();
    std::size_t asked = 0;
    const auto nextNonce = [&] {
        std::string nonce;
        REQUIRE(station.liveUntil([&] {
            if (station.uplink.nonces.size() > asked) nonce = station.uplink.nonces.back();
            return !nonce.empty();
        }));
        asked = station.uplink.nonces.size();
        return nonce;
    };
    const auto answered = [&](const std::string& nonce, const StationId& to) {
        return toJson(FreshStatement{to, nonce, now, 0});
    };
    const auto stranger = SigningKey::generate();
    const auto first = nextNonce();
    station.inbox.post(TimeTold{sign("fresh", answered(first, loa::test::station), stranger)});
    station.inbox.post(TimeTold{sign("manifest", answered(nextNonce(), loa::test::station), station.key)});
    station.inbox.post(TimeTold{sign("fresh", answered(nextNonce(), StationId{"tan-hue"}), station.key)});
    CHECK(nextNonce() != first);
    station.tellTime(now, first);
    const auto late = nextNonce();
    station.clock.advance(2001ms);
    station.tellTime(station.clock.now(), late);
    CHECK(nextNonce() != late);  // it is asked again, so none of them was believed
    CHECK(station.says(ClockTrust::untrusted));
    station.tellTime(station.clock.now());
    CHECK(station.says(ClockTrust::trusted));
}

TEST_CASE("F31 agent: a kernel that is kept 4 h off by a false source is not believed against the office") {
    StationUnderTest station;
    const auto media = station.makeMedia("opus");
    station.putMedia(media, "opus");
    station.start();
    station.soundComes();
    station.sendPlan(station.plan({station.slotAt(five, media)}));
    REQUIRE(station.holdsPlan(1));
    CHECK(station.says(ClockTrust::trusted));
    station.tellTime(station.clock.now() - 4h);
    CHECK(station.says(ClockTrust::untrusted));
    station.clockTo(five - 5s);
    station.clockTo(five + 1min);
    station.sound->send(toPacket(FromSound{OutputState{OutputState::State::ready, ""}}));
    CHECK_FALSE(station.sound->receive(300));  // no cue
    // No slot is said to have passed that by the office's time is still to come.
    CHECK(station.uplink.batches.empty());
}

TEST_CASE(
    "agent: what was trusted since the machine was started goes on over a restart of the player, not of the machine") {
    StationUnderTest station;
    station.start();
    station.soundComes();
    CHECK(station.says(ClockTrust::trusted));
    station.stop();
    station.clock.synchronise(false);
    station.sound.reset();
    station.start();
    station.soundComes();
    CHECK(station.says(ClockTrust::holdover));
    station.stop();
    station.sound.reset();
    station.bootId = "another boot";
    station.start();
    station.soundComes();
    CHECK(station.says(ClockTrust::untrusted));
}

TEST_CASE("F28 agent: a clock that goes on from before the last good time is wrong, whoever keeps it there") {
    StationUnderTest station;
    station.start();
    station.soundComes();
    CHECK(station.says(ClockTrust::trusted));
    station.stop();
    station.sound.reset();
    station.bootId = "another boot";
    station.clock.set(station.clock.now() - 9h);
    station.start();
    station.soundComes();
    CHECK(station.says(ClockTrust::untrusted));
}

TEST_CASE("F33 agent: whatever zone the machine is set to, an item starts at the instant of the signed plan") {
    for (const char* zone : {"UTC", "Asia/Ho_Chi_Minh", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago",
                             "Asia/Kathmandu", "Australia/Lord_Howe", "Europe/Paris", "America/St_Johns", "Asia/Tokyo",
                             "Africa/Casablanca", "America/Sao_Paulo"}) {
        CAPTURE(zone);
        setenv("TZ", zone, 1);
        tzset();
        StationUnderTest station;
        const auto media = station.makeMedia("opus");
        station.putMedia(media, "opus");
        station.start();
        station.soundComes();
        station.sendPlan(station.plan({station.slotAt(five, media)}));
        REQUIRE(station.holdsPlan(1));
        station.clockTo(five - 10s);
        const auto item = station.expect<Cue>().item;
        station.tell(Cued{item});
        station.clockTo(five - 1s);
        CHECK(station.expect<Start>() == Start{item, five});
    }
    setenv("TZ", "UTC", 1);
    tzset();
}
