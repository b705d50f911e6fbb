#include <doctest/doctest.h>

#include "tests/player/playout/ordered_station.h"

using namespace loa;
using namespace loa::test;
using namespace std::chrono_literals;

TEST_CASE("F70 a mute: what is on fades, nothing of the plan sounds, a drill neither, until an unmute") {
    OrderedStation station{{hotline}};
    const auto item = station.onAir(hotline);
    station.at(five + 5s);
    const auto mute = orderOf(OrderType::mute, 4);
    station.orderComes(mute);
    CHECK(station.wasStopped(item));
    CHECK(station.progressOf(mute) == "received");
    station.fades(item, 5 * frameRate);
    CHECK(station.progressOf(mute) == "received sounding");
    CHECK(station.rows[0].airing.detail == "muted by order 4");
    station.forget();
    const auto drill = orderOf(OrderType::drill, 5);
    station.orderComes(drill);
    station.at(five + 20s);
    CHECK(station.given<CueSound>().empty());
    CHECK(station.progressOf(drill) == "received cancelled");
    station.killAndRestart(10s);
    station.soundComes();
    station.at(five + 35s);
    CHECK(station.given<CueSound>().empty());
    station.orderComes(orderOf(OrderType::unmute, 6));
    CHECK(station.given<CueSound>().size() == 1);
}

TEST_CASE("F70 a mute ends an emergency before it, and gives way to a later one only; then it holds again") {
    OrderedStation station{{hotline}};
    const auto before = orderOf(OrderType::emergency, 1);
    station.orderComes(before);
    station.give(SoundCued{station.cued()});
    const auto mute = orderOf(OrderType::mute, 2);
    station.orderComes(mute);
    CHECK(station.wasStopped(station.given<SoundSignal>().back().item));
    station.fades(station.given<SoundSignal>().back().item, 0);
    CHECK(station.stateOf(before) == "cancelled");
    CHECK(station.progressOf(mute) == "received sounding");
    const auto later = orderOf(OrderType::emergency, 3);
    station.orderComes(later);
    station.soundOrder(later);
    CHECK(station.progressOf(later) == "received sounding sounded");
    station.forget();
    station.at(five);
    station.at(five + 30s);
    CHECK(station.given<CueSound>().empty());
}

TEST_CASE("F06 a power cut in the middle of an emergency: it is sounded whole while it is valid, and not after that") {
    for (const auto away : {Milliseconds{30s}, Milliseconds{2h}}) {
        CAPTURE(away.count());
        OrderedStation station;
        auto order = orderOf(OrderType::emergency, 1);
        order.repeats = 2;
        station.orderComes(order);
        station.give(SoundCued{station.cued()});
        const auto signal = station.given<SoundSignal>().back().item;
        station.give(SoundBegan{signal, five, 0});
        station.give(SoundEnded{signal, SoundEnded::Cause::finished, 2 * frameRate, five, StationWorld::loud(), ""});
        station.at(five + 4s);
        station.forget();
        station.killAndRestart(away);
        station.soundComes();
        if (away < 1h) {
            station.soundOrder(order);
            CHECK(station.given<SoundSignal>().size() == 1);
            CHECK(station.given<SoundNow>().size() == 2);
            CHECK(station.progressOf(order) == "received sounding sounded");
        } else {
            CHECK_FALSE(station.anySounded());
            CHECK(station.progressOf(order) == "received sounding refused");
        }
    }
}

TEST_CASE("F08 a player that stood still while an order sounded finds it sounded, once, and joins the plan") {
    OrderedStation station{{hotline}};
    const auto item = station.onAir(hotline);
    const auto order = orderOf(OrderType::emergency, 1);
    station.orderComes(order);
    const auto message = station.cued();
    station.give(SoundCued{message});
    station.facts.now += 40s;
    station.facts.sinceBoot += 40s;
    station.fades(item, frameRate);
    const auto signal = station.given<SoundSignal>().back().item;
    station.give(SoundEnded{signal, SoundEnded::Cause::finished, 2 * frameRate, five, StationWorld::loud(), ""});
    station.give(Tick{});
    CHECK(station.given<DropSound>().empty());
    station.at(five + 50s);
    station.give(
        SoundEnded{message, SoundEnded::Cause::finished, 10 * frameRate, five + 50s, StationWorld::loud(), ""});
    CHECK(station.stateOf(order) == "sounded");
    CHECK(station.given<SoundNow>().size() == 1);
    CHECK(station.cued() > message);
}

TEST_CASE("F54 an order whose frames passed and nobody could hear is not said to have sounded") {
    OrderedStation station;
    const auto order = orderOf(OrderType::emergency, 1);
    station.orderComes(order);
    station.give(SoundCued{station.cued()});
    const auto signal = station.given<SoundSignal>().back().item;
    station.give(SoundEnded{signal, SoundEnded::Cause::finished, 2 * frameRate, five, {}, ""});
    const auto message = station.given<SoundNow>().back().item;
    station.give(SoundBegan{message, five, 0});
    station.give(SoundEnded{message, SoundEnded::Cause::finished, 10 * frameRate, five, {-120, -120, 1}, ""});
    CHECK(station.progressOf(order) == "received sounding refused");
    CHECK(station.detailOf(order).find("nothing could be heard") != std::string::npos);
}
