#include <doctest/doctest.h>

#include "tests/player/playout/ordered_station.h"

using namespace loa;
using namespace loa::test;
using namespace std::chrono_literals;

TEST_CASE("orders: an emergency sounds at once: durable, decoded, signal, message as often as asked for") {
    OrderedStation station;
    auto order = orderOf(OrderType::emergency, 1);
    order.repeats = 2;
    station.orderComes(order);
    REQUIRE(station.given<KeepOrder>().size() == 1);
    REQUIRE(station.given<CueSound>().size() == 1);
    CHECK_FALSE(station.anySounded());
    station.soundOrder(order);
    CHECK(station.given<SoundSignal>().size() == 1);
    CHECK(station.given<SoundNow>().size() == 2);
    CHECK(station.progressOf(order) == "received sounding sounded");
    CHECK(station.reports.back().frames == 20 * frameRate);
    CHECK(station.facts.orders.empty());
    station.at(five + 1min);
    CHECK(station.given<SoundSignal>().size() == 1);
}

TEST_CASE("orders: what is on fades for it, says it gave way to which order, and is joined by wall time after it") {
    OrderedStation station{{hotline}};
    const auto item = station.onAir(hotline);
    station.at(five + 10s);
    const auto order = orderOf(OrderType::emergency, 7);
    station.orderComes(order);
    CHECK_FALSE(station.wasStopped(item));  // it goes on while the order is decoded
    const auto message = station.cued();
    station.give(SoundCued{message});
    CHECK(station.wasStopped(item));
    station.fades(item, 10 * frameRate);
    REQUIRE(station.rows.size() == 1);
    CHECK(station.rows[0].airing.result == AiringResult::preempted);
    CHECK(station.rows[0].airing.reason == MissReason::preempted);
    CHECK(station.rows[0].airing.detail == "order 7 'order 7' has its time");
    CHECK_FALSE(station.rows[0].settled);
    const auto signal = station.given<SoundSignal>().back().item;
    station.give(SoundEnded{signal, SoundEnded::Cause::finished, 2 * frameRate, five + 12s, StationWorld::loud(), ""});
    station.at(five + 22s);
    CHECK(station.cued() == message);  // nothing of the plan is even decoded beside it
    station.give(
        SoundEnded{message, SoundEnded::Cause::finished, 10 * frameRate, five + 22s, StationWorld::loud(), ""});
    station.at(five + 23s);
    const auto again = station.cued();
    CHECK(again != message);
    station.give(SoundCued{again});
    CHECK(station.given<StartSound>().back().at == five);
    station.give(SoundBegan{again, five + 23s, 0});
    station.at(five + 60s);
    station.give(SoundEnded{again, SoundEnded::Cause::finished, 37 * frameRate, five + 60s, StationWorld::loud(), ""});
    REQUIRE(station.rows.size() == 2);
    CHECK(station.rows[1].airing.result == AiringResult::partial);
    CHECK(station.rows[1].airing.reason == MissReason::preempted);
}

TEST_CASE("orders: a slot whose policy says drop is not joined again, and one wholly under an order gave way") {
    auto dropped = hotline;
    dropped.policy.preempt = PreemptPolicy::drop;
    const auto under = slotAt("under", five + 61s, 5s);
    OrderedStation station{{dropped, under}};
    const auto item = station.onAir(dropped);
    station.at(five + 50s);
    auto order = orderOf(OrderType::emergency, 1);
    order.sound->frames = 30 * frameRate;
    station.orderComes(order);
    station.give(SoundCued{station.cued()});
    station.fades(item, 50 * frameRate);
    REQUIRE(station.rows.size() == 1);
    CHECK(station.rows[0].settled);
    const auto signal = station.given<SoundSignal>().back().item;
    station.give(SoundEnded{signal, SoundEnded::Cause::finished, 2 * frameRate, five + 52s, StationWorld::loud(), ""});
    station.at(five + 62s);
    station.at(five + 66s);
    REQUIRE(station.rows.size() == 2);
    CHECK(station.rows[1].airing.slot == under.id);
    CHECK(station.rows[1].airing.result == AiringResult::preempted);
    CHECK(station.rows[1].airing.detail.find("order 1") != std::string::npos);
}

TEST_CASE("orders: a sound that is not there is fetched first, and the plan sounds meanwhile") {
    OrderedStation station{{hotline}};
    station.facts.ready.erase(orderOf(OrderType::emergency, 1).sound->media);
    const auto item = station.onAir(hotline);
    const auto order = orderOf(OrderType::emergency, 1);
    station.orderComes(order);
    CHECK(station.progressOf(order) == "received fetching");
    station.at(five + 5s);
    CHECK_FALSE(station.wasStopped(item));
    station.facts.ready.insert(order.sound->media);
    station.at(five + 6s);
    station.give(SoundCued{station.cued()});
    CHECK(station.wasStopped(item));
    CHECK(station.anySounded());
}

TEST_CASE("orders: a cancel ends what sounds, by a fade, and is itself in force when that is over") {
    OrderedStation station;
    const auto order = orderOf(OrderType::emergency, 1);
    station.orderComes(order);
    station.give(SoundCued{station.cued()});
    const auto signal = station.given<SoundSignal>().back().item;
    station.give(SoundBegan{signal, five, 0});
    station.give(SoundEnded{signal, SoundEnded::Cause::finished, 2 * frameRate, five, StationWorld::loud(), ""});
    const auto message = station.given<SoundNow>().back().item;
    station.at(station.facts.now + 3s);
    const auto cancel = orderAbout(OrderType::cancel, 2, order);
    station.orderComes(cancel);
    CHECK(station.wasStopped(message));
    CHECK(station.progressOf(cancel) == "received");
    station.fades(message, 3 * frameRate);
    CHECK(station.progressOf(order) == "received sounding cancelled");
    CHECK(station.detailOf(order) == "by order 2");
    station.at(station.facts.now + 1s);
    CHECK(station.progressOf(cancel) == "received sounding");
    CHECK(station.facts.orders.empty());
    station.forget();
    station.at(station.facts.now + 1min);
    CHECK(station.given<CueSound>().empty());
}

TEST_CASE("orders: one that comes after its own cancel never sounds, nor does anything with a lower number") {
    OrderedStation station;
    const auto order = orderOf(OrderType::emergency, 1);
    station.orderComes(orderAbout(OrderType::cancel, 2, order));
    station.orderComes(order);
    station.at(five);
    CHECK(station.given<CueSound>().empty());
    CHECK(station.progressOf(order) == "refused");
    CHECK(station.facts.lastOrder == 2);
}

TEST_CASE("orders: a correct ends the other and sounds its own") {
    OrderedStation station;
    const auto wrong = orderOf(OrderType::emergency, 1);
    station.orderComes(wrong);
    const auto first = station.cued();
    station.give(SoundCued{first});
    auto right = orderAbout(OrderType::correct, 2, wrong);
    right.sound->media = MediaId{std::string(64, 'c')};
    station.facts.ready.insert(right.sound->media);
    station.orderComes(right);
    const auto signal = station.given<SoundSignal>().back().item;
    CHECK(station.wasStopped(signal));
    station.fades(first, 0);
    CHECK(station.stateOf(wrong) == "cancelled");
    CHECK(station.given<CueSound>().back().media == right.sound->media);
    station.soundOrder(right);
    CHECK(station.progressOf(right) == "received sounding sounded");
}

TEST_CASE("orders: another station's order is refused with a reason, and changes nothing") {
    OrderedStation station;
    auto other = orderOf(OrderType::emergency, 9);
    other.station = StationId{"tan-hue"};
    station.orderComes(other);
    CHECK(station.progressOf(other) == "refused");
    CHECK(station.detailOf(other) == "it is for station tan-hue");
    CHECK(station.facts.lastOrder == 0);
    CHECK_FALSE(station.anySounded());
}

TEST_CASE(
    "orders: one that is no longer valid is refused; one that waits for an output is, too, when its time is over") {
    OrderedStation station;
    auto late = orderOf(OrderType::emergency, 1);
    late.validUntil = five - 59s;
    station.at(five);
    station.orderComes(late);
    CHECK(station.progressOf(late) == "received refused");
    station.give(OutputChanged{false, "lost"});
    auto waiting = orderOf(OrderType::emergency, 2);
    waiting.validUntil = five + 10s;
    station.orderComes(waiting);
    station.give(SoundCued{station.cued()});
    station.at(five + 10s);
    station.give(OutputChanged{true, ""});
    CHECK_FALSE(station.anySounded());
    CHECK(station.progressOf(waiting) == "received refused");
}

TEST_CASE("orders: with a clock nobody can believe, the office's word and boot time say how long one is valid") {
    OrderedStation station;
    station.facts.clockTrust = ClockTrust::untrusted;
    station.setClock(five + 24h * 365);
    auto order = orderOf(OrderType::emergency, 1);
    order.validUntil = order.issued + 5min;
    station.give(SoundDown{"gone"});
    station.orderComes(order);
    station.at(station.facts.now + 4min);
    CHECK(station.progressOf(order) == "received");
    station.at(station.facts.now + 61s);
    CHECK(station.progressOf(order) == "received refused");
    auto next = orderOf(OrderType::emergency, 2);
    station.orderComes(next);
    station.facts.orders.back().received.reset();  // as after a reboot: the office must be asked first
    station.soundComes();
    CHECK(station.progressOf(next) == "received refused");
}

TEST_CASE("orders: a clock that stands at 1970 holds up no order, and lets none that is over sound") {
    OrderedStation station;
    station.setClock(Instant{});
    auto order = orderOf(OrderType::emergency, 1);
    order.validUntil = order.issued + 5min;
    station.orderComes(order);
    station.soundOrder(order);
    CHECK(station.stateOf(order) == "sounded");
    auto next = orderOf(OrderType::emergency, 2);
    next.validUntil = next.issued + 5min;
    station.give(SoundDown{"gone"});
    station.orderComes(next);
    station.at(station.facts.now + 5min);
    CHECK(station.progressOf(next) == "received refused");
}

TEST_CASE("orders: the newest comes first, an older one is sounded whole after it, and a drill waits for both") {
    OrderedStation station;
    auto drill = orderOf(OrderType::drill, 3);
    const auto older = orderOf(OrderType::emergency, 1);
    const auto newest = orderOf(OrderType::emergency, 2);
    station.orderComes(older);
    station.give(SoundCued{station.cued()});
    station.orderComes(newest);
    station.fades(station.given<SoundSignal>().back().item, 0);
    station.orderComes(drill);
    station.soundOrder(newest);
    CHECK(station.stateOf(newest) == "sounded");
    CHECK(station.progressOf(drill) == "received");
    station.soundOrder(older);
    CHECK(station.stateOf(older) == "sounded");
    station.soundOrder(drill);
    CHECK(station.progressOf(drill) == "received sounding sounded");
}

TEST_CASE("orders: an output or a loa-sound lost in the middle: it is sounded whole when that is back") {
    OrderedStation station;
    const auto order = orderOf(OrderType::emergency, 1);
    station.orderComes(order);
    station.give(SoundCued{station.cued()});
    const auto signal = station.given<SoundSignal>().back().item;
    station.give(SoundEnded{signal, SoundEnded::Cause::finished, 2 * frameRate, five, StationWorld::loud(), ""});
    SUBCASE("the output") {
        const auto message = station.given<SoundNow>().back().item;
        station.give(OutputChanged{false, "lost"});
        station.give(SoundEnded{message, SoundEnded::Cause::outputLost, frameRate, five, StationWorld::loud(), ""});
        station.at(five + 1s);
        station.give(SoundCued{station.cued()});
        station.give(OutputChanged{true, ""});
        CHECK(station.given<SoundSignal>().size() == 2);
    }
    SUBCASE("loa-sound") {
        station.give(SoundDown{"killed"});
        station.at(five + 1s);
        station.soundComes();
        station.soundOrder(order);
        CHECK(station.given<SoundSignal>().size() == 2);
        CHECK(station.stateOf(order) == "sounded");
    }
}

TEST_CASE("orders: a file that does not decode twice is refused with a reason, and the plan goes on") {
    OrderedStation station{{hotline}};
    const auto order = orderOf(OrderType::emergency, 1);
    station.orderComes(order);
    for (int i = 0; i < 2; ++i) {
        station.give(SoundRefused{station.cued(), MissReason::mediaDamaged, "not Ogg"});
        station.at(station.facts.now + 1s);
    }
    CHECK(station.progressOf(order) == "received refused");
    CHECK(station.given<Quarantine>().size() == 1);
    station.playThrough(hotline);
    CHECK(station.rows.back().airing.result == AiringResult::aired);
}

TEST_CASE("orders: with a disk that takes nothing, none sounds; when it does again, it sounds once") {
    OrderedStation station;
    const auto order = orderOf(OrderType::emergency, 1);
    station.diskWorks = false;
    station.orderComes(order);
    station.at(five - 50s);
    CHECK(station.given<CueSound>().empty());
    station.diskWorks = true;
    station.at(five - 40s);
    REQUIRE(station.given<CueSound>().size() == 1);
    station.give(SoundCued{station.cued()});
    const auto signal = station.given<SoundSignal>().back().item;
    station.give(SoundEnded{signal, SoundEnded::Cause::finished, 2 * frameRate, five, StationWorld::loud(), ""});
    const auto message = station.given<SoundNow>().back().item;
    station.diskWorks = false;
    station.give(SoundEnded{message, SoundEnded::Cause::finished, 10 * frameRate, five, StationWorld::loud(), ""});
    station.at(five);
    CHECK(station.given<CueSound>().size() == 1);  // that it has sounded is known, if not yet written
    station.diskWorks = true;
    station.at(five + 2s);
    CHECK(station.stateOf(order) == "sounded");
    CHECK(station.given<CueSound>().size() == 1);
}

TEST_CASE("orders: a decoding that hangs, or that is under way, holds up no order") {
    OrderedStation station{{hotline}};
    station.at(five - cueAhead(hotline));
    const auto routine = station.cued();
    station.orderComes(orderOf(OrderType::emergency, 1));
    CHECK(station.cued() != routine);
    CHECK(station.wasStopped(routine));
    CHECK(station.rows.empty());
}
