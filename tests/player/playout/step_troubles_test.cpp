#include <doctest/doctest.h>

#include "tests/player/playout/station_world.h"

using namespace loa;
using namespace loa::test;
using namespace std::chrono_literals;

namespace {

const Slot hotline = slotAt("hotline", five, 30s);

void checkRow(const Row& row, AiringResult result, MissReason reason) {
    CHECK(row.ended);
    CHECK(toText(row.airing.result) == toText(result));
    CHECK(toText(row.airing.reason) == toText(reason));
}

}  // namespace

TEST_CASE("step: what stands in the way for the whole slot is the reason of the missed row") {
    struct Case {
        const char* name;
        void (*arrange)(StationWorld&);
        MissReason reason;
    };
    const Case cases[] = {
        {"file not there", [](StationWorld& w) { w.soundComes(), w.facts.ready.clear(); }, MissReason::mediaAbsent},
        {"no loa-sound", [](StationWorld&) {}, MissReason::soundLost},
        {"no output", [](StationWorld& w) { w.give(SoundUp{}), w.at(five - 10s), w.give(SoundCued{w.cued()}); },
         MissReason::deviceLost},
        {"file in quarantine",
         [](StationWorld& w) { w.soundComes(), w.facts.quarantined[hotline.media] = MissReason::mediaTruncated; },
         MissReason::mediaTruncated},
        {"wrong bytes",
         [](StationWorld& w) {
             w.soundComes(), w.at(five - 10s), w.give(MediaUnusable{w.cued(), "hash"}), w.facts.ready.clear();
         },
         MissReason::mediaDamaged},
    };
    for (const auto& row : cases) {
        CAPTURE(row.name);
        StationWorld world{manifestOf({hotline})};
        row.arrange(world);
        world.at(five);
        world.at(five + 30s);
        REQUIRE(world.rows.size() == 1);
        checkRow(world.rows[0], AiringResult::missed, row.reason);
    }
}

TEST_CASE("step: F10 a file that loa-sound dies of twice is in quarantine, and the next item is on time") {
    const auto next = slotAt("next", five + 30s, 20s);
    StationWorld world{manifestOf({hotline, next})};
    world.soundComes();
    world.at(five - 10s);
    world.give(SoundDown{"crashed"});
    world.at(five - 9s);
    world.soundComes();
    CHECK(world.given<CueSound>().size() == 2);
    world.give(SoundDown{"crashed"});
    REQUIRE(world.given<Quarantine>().size() == 1);
    CHECK(world.given<Quarantine>()[0].media == hotline.media);
    world.at(five - 8s);
    world.soundComes();
    world.at(five);
    CHECK(world.given<CueSound>().size() == 2);
    world.playThrough(next);
    REQUIRE(world.rows.size() == 2);
    checkRow(world.rows[0], AiringResult::aired, MissReason::none);
    CHECK(world.rows[0].airing.slot == next.id);
    checkRow(world.rows[1], AiringResult::missed, MissReason::mediaDamaged);
}

TEST_CASE("step: a file refused twice is in quarantine; refused once and then decoded it is not") {
    StationWorld world{manifestOf({hotline})};
    world.soundComes();
    world.at(five - 10s);
    world.give(SoundRefused{world.cued(), MissReason::mediaTruncated, "half"});
    world.at(five - 9s);
    SUBCASE("again refused") {
        world.give(SoundRefused{world.cued(), MissReason::mediaTruncated, "half"});
        CHECK(world.given<Quarantine>().size() == 1);
    }
    SUBCASE("then decoded") {
        world.give(SoundCued{world.cued()});
        CHECK(world.given<Quarantine>().empty());
    }
}

TEST_CASE("step: loa-sound lost on air makes a row and a second attempt by wall time") {
    StationWorld world{manifestOf({hotline})};
    world.soundComes();
    world.at(five - 10s);
    world.give(SoundCued{world.cued()});
    world.at(five - 1s);
    world.give(SoundBegan{world.cued(), five, 0});
    world.at(five + 4s);
    world.give(SoundProgressed{world.cued(), 4 * frameRate, StationWorld::loud()});
    world.give(SoundDown{"crashed"});
    checkRow(world.rows.at(0), AiringResult::partial, MissReason::soundLost);
    CHECK(world.rows[0].airing.heard == Interval{five, five + 4s});
    world.at(five + 6s);
    world.soundComes();
    const auto item = world.cued();
    world.give(SoundCued{item});
    world.give(SoundBegan{item, five + 7s, 0});
    world.at(five + 30s);
    world.give(SoundEnded{item, SoundEnded::Cause::finished, 23 * frameRate, five + 30s, StationWorld::loud(), ""});
    REQUIRE(world.rows.size() == 2);
    checkRow(world.rows[1], AiringResult::partial, MissReason::soundLost);
}

TEST_CASE("step: a loa-sound that gives no answer is dropped") {
    StationWorld world{manifestOf({hotline})};
    world.soundComes();
    world.at(five - 10s);
    SUBCASE("to a cue") {
        world.at(five + 5s);
        CHECK(world.given<DropSound>().size() == 1);
    }
    SUBCASE("to a start") {
        world.give(SoundCued{world.cued()});
        world.at(five - 1s);
        world.at(five + 5s);
        REQUIRE(world.given<DropSound>().size() == 1);
        checkRow(world.rows.at(0), AiringResult::missed, MissReason::soundLost);
    }
    SUBCASE("to the end") {
        world.give(SoundCued{world.cued()});
        world.at(five - 1s);
        world.give(SoundBegan{world.cued(), five, 0});
        world.at(five + 35s);
        CHECK(world.given<DropSound>().size() == 1);
    }
}

TEST_CASE("step: a long item is cued early, and what sounds before it before that") {
    const auto brief = slotAt("brief", five + 40s, 5s);
    const auto longest = slotAt("longest", five + 2min, 30min);
    StationWorld world{manifestOf({brief, longest}), five - 5min};
    world.soundComes();
    world.at(five - 70'001ms);
    CHECK(world.given<CueSound>().empty());
    CHECK(nextDue(world.manifest, world.facts) == five - 70s);
    world.at(five - 70s);
    REQUIRE(world.given<CueSound>().size() == 1);
    CHECK(world.given<CueSound>()[0].media == brief.media);
    world.give(SoundCued{world.cued()});
    REQUIRE(world.given<CueSound>().size() == 2);
    CHECK(world.given<CueSound>()[1].media == longest.media);
    world.at(five + 120s);
    CHECK(world.given<DropSound>().empty());
    world.at(five + 122s);
    CHECK(world.given<DropSound>().size() == 1);
}

TEST_CASE("step: a file that was not decoded in time is tried again, for as long as it takes, and not put away") {
    StationWorld world{manifestOf({slotAt("speech", five, 2min)})};
    world.soundComes();
    for (int i = 0; i < 40; ++i) {
        world.at(five - 20s + i * 3s);
        if (std::holds_alternative<Cueing>(world.playout.attempts.empty() ? Phase{} : world.playout.attempts[0].phase))
            world.give(SoundRefused{world.cued(), MissReason::soundLost, "no frame in 3 s"});
    }
    CHECK(world.given<CueSound>().size() > 5);
    CHECK(world.given<Quarantine>().empty());
    world.at(five + 2min);
    checkRow(world.rows.at(0), AiringResult::missed, MissReason::soundLost);
}

TEST_CASE("step: a decoding that hangs breaks off nothing on air; loa-sound is dropped after it") {
    const auto brief = slotAt("brief", five + 40s, 5s);
    const auto longer = slotAt("longer", five + 50s, 20min);
    StationWorld world{manifestOf({hotline})};
    world.soundComes();
    world.at(five - 10s);
    const auto item = world.cued();
    world.give(SoundCued{item});
    world.at(five - 1s);
    world.give(SoundBegan{item, five, 0});
    world.manifest = manifestOf({hotline, brief, longer}, 2);
    world.facts.ready.insert({brief.media, longer.media});
    world.at(five + 1s);
    CHECK(world.given<CueSound>().size() == 2);
    world.at(five + 14s);
    world.at(five + 25s);
    CHECK(world.given<DropSound>().empty());
    CHECK(world.given<CueSound>().size() == 2);
    world.at(five + 30s);
    world.give(SoundEnded{item, SoundEnded::Cause::finished, hotline.frames, five + 30s, StationWorld::loud(), ""});
    world.at(five + 31s);
    CHECK(world.given<DropSound>().size() == 1);
    checkRow(world.rows.at(0), AiringResult::aired, MissReason::none);
    CHECK(world.given<Quarantine>().empty());
    world.at(five + 32s);
    world.soundComes();
    REQUIRE(world.given<CueSound>().size() == 3);
    CHECK(world.given<CueSound>()[2].media == brief.media);
}

TEST_CASE("step: an output that is lost before the first frame is the reason, and loa-sound is left alone") {
    StationWorld world{manifestOf({hotline})};
    world.soundComes();
    world.at(five - 10s);
    const auto item = world.cued();
    world.give(SoundCued{item});
    world.at(five - 1s);
    world.give(OutputChanged{false, "unplugged"});
    world.at(five + 20s);
    CHECK(world.given<DropSound>().empty());
    SUBCASE("to the end") {
        world.at(five + 30s);
        world.give(SoundEnded{item, SoundEnded::Cause::outputLost, 0, five + 30s, {}, ""});
        checkRow(world.rows.at(0), AiringResult::missed, MissReason::deviceLost);
    }
    SUBCASE("loa-sound goes too") {
        world.give(SoundDown{"hung"});
        checkRow(world.rows.at(0), AiringResult::missed, MissReason::deviceLost);
    }
    SUBCASE("it comes back, and still no frame") {
        world.give(OutputChanged{true, ""});
        world.at(five + 25s);
        CHECK(world.given<DropSound>().size() == 1);
    }
}

TEST_CASE("step: without a durable started row nothing sounds; it is tried again each second") {
    StationWorld world{manifestOf({hotline})};
    world.soundComes();
    world.at(five - 10s);
    world.give(SoundCued{world.cued()});
    world.diskWorks = false;
    world.at(five - 1500ms);
    CHECK(world.given<StartSound>().empty());
    world.at(five - 1000ms);
    CHECK(world.given<WriteStarted>().size() == 1);
    world.diskWorks = true;
    world.at(five - 400ms);
    CHECK(world.given<WriteStarted>().size() == 2);
    CHECK(world.given<StartSound>().size() == 1);
}

TEST_CASE("step: F08 frozen across a slot and back, no burst: one missed row, the next slot on time") {
    const auto next = slotAt("next", five + 2min, 20s);
    StationWorld world{manifestOf({hotline, next})};
    world.soundComes();
    world.at(five + 90s);
    CHECK(world.given<StartSound>().empty());
    REQUIRE(world.rows.size() == 1);
    checkRow(world.rows[0], AiringResult::missed, MissReason::restart);
    world.playThrough(next);
    checkRow(world.rows.at(1), AiringResult::aired, MissReason::none);
}

TEST_CASE("step: the clock set over a whole slot is missed, clockStep") {
    StationWorld world{manifestOf({hotline})};
    world.soundComes();
    world.at(five - 30s);
    world.setClock(five + 5min);
    REQUIRE(world.rows.size() == 1);
    checkRow(world.rows[0], AiringResult::missed, MissReason::clockStep);
}

TEST_CASE("step: the clock set back on air is waited for, and is the reason of what was not heard") {
    StationWorld world{manifestOf({hotline})};
    world.soundComes();
    world.at(five - 10s);
    const auto item = world.cued();
    world.give(SoundCued{item});
    world.at(five - 1s);
    world.give(SoundBegan{item, five, 0});
    world.at(five + 20s);
    world.give(SoundProgressed{item, 20 * frameRate, StationWorld::loud()});
    SUBCASE("a little: it goes on where the clock says") {
        world.setClock(five + 10s);
        world.at(five + 30s);
        CHECK(world.given<DropSound>().empty());
        world.give(SoundEnded{item, SoundEnded::Cause::finished, hotline.frames, five + 30s, StationWorld::loud(), ""});
        checkRow(world.rows.at(0), AiringResult::aired, MissReason::none);
    }
    SUBCASE("a little, and loa-sound is lost with it") {
        world.setClock(five + 10s);
        world.give(SoundDown{"hung"});
        checkRow(world.rows.at(0), AiringResult::partial, MissReason::clockStep);
    }
    SUBCASE("to before it: it is over, and begins anew when its time comes") {
        world.setClock(five - 1h);
        CHECK(world.given<StopSound>().size() == 1);
        world.give(SoundEnded{item, SoundEnded::Cause::stopped, 20 * frameRate, five - 1h, StationWorld::loud(), ""});
        checkRow(world.rows.at(0), AiringResult::partial, MissReason::clockStep);
        world.playThrough(hotline);
        checkRow(world.rows.at(1), AiringResult::aired, MissReason::none);
    }
}

TEST_CASE("step: a clock set beyond all that the plan knows invents no missed slots") {
    StationWorld world{manifestOf({hotline, slotAt("next", five + 24h, 20s)})};
    world.soundComes();
    world.at(five - 1min);
    world.setClock(five + std::chrono::hours{24 * 400});
    world.at(world.facts.now + 1h);
    CHECK(world.rows.empty());
    world.setClock(five - 1min);
    world.playThrough(hotline);
    checkRow(world.rows.at(0), AiringResult::aired, MissReason::none);
}

TEST_CASE("step: of slots that were over when a broken store was replaced nothing is invented") {
    StationWorld world{manifestOf({hotline, slotAt("next", five + 10min, 20s)}), five + 5min};
    world.facts.storeReplaced = five + 5min;
    world.soundComes();
    world.at(five + 11min);
    REQUIRE(world.rows.size() == 1);
    CHECK(world.rows[0].airing.title == "next");
}

TEST_CASE("step: a clock far behind its own plan starts and judges nothing") {
    auto plan = manifestOf({hotline});
    plan.issued = five + 1h;
    StationWorld world{plan};
    world.soundComes();
    world.at(five);
    world.at(five + 50min);
    CHECK(world.commands.empty());
}

TEST_CASE("step: asked to end, it fades what sounds and writes what it came to") {
    StationWorld world{manifestOf({hotline})};
    world.soundComes();
    world.at(five - 10s);
    const auto item = world.cued();
    world.give(SoundCued{item});
    world.at(five - 1s);
    world.give(SoundBegan{item, five, 0});
    world.at(five + 3s);
    world.give(Shutdown{});
    world.give(SoundEnded{item, SoundEnded::Cause::stopped, 3 * frameRate, five + 3s, StationWorld::loud(), ""});
    CHECK(world.playout.attempts.empty());
    checkRow(world.rows.at(0), AiringResult::partial, MissReason::restart);
    CHECK_FALSE(world.rows[0].settled);
}

TEST_CASE("step: whatever a driver says, the row's detail is one the office takes") {
    StationWorld world{manifestOf({hotline})};
    world.soundComes();
    world.at(five - 10s);
    world.give(SoundCued{world.cued()});
    world.at(five - 1s);
    world.give(SoundBegan{world.cued(), five, 0});
    std::string words = "\r\x01-";
    for (int i = 0; i < 1000; ++i) words += "ế";
    world.give(SoundEnded{world.cued(), SoundEnded::Cause::outputLost, 0, five, StationWorld::loud(), words});
    const auto detail = world.rows.at(0).airing.detail;
    CHECK(detail.size() == 498);
    CHECK(detail.substr(0, 6) == "  -ế");
}
