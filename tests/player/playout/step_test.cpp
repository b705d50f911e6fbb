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

TEST_CASE("step: a station's trim moves the start, and a slot's ceiling goes to the sound") {
    auto quieter = hotline;
    quieter.gainDb = -6;
    auto plan = manifestOf({quieter});
    plan.trim = 120ms;
    StationWorld world{plan};
    world.soundComes();
    world.at(five - cueAhead(hotline));
    world.give(SoundCued{world.cued()});
    world.at(five - 1500ms);
    REQUIRE(world.given<StartSound>().size() == 1);
    CHECK(world.given<StartSound>()[0].at == five + 120ms);
    CHECK(world.given<StartSound>()[0].gainDb == -6);
}

TEST_CASE("step: the slot of 05:00 in Vietnam sounds at that instant, row before sound") {
    StationWorld world{manifestOf({hotline})};
    world.soundComes();
    world.at(five - cueAhead(hotline) - 1ms);
    CHECK(world.commands.empty());
    world.at(five - cueAhead(hotline));
    REQUIRE(world.given<CueSound>().size() == 1);
    const auto item = world.cued();
    world.give(SoundCued{item});
    world.at(five - 1501ms);
    CHECK(world.rows.empty());
    world.at(five - 1500ms);
    REQUIRE(world.rows.size() == 1);
    REQUIRE(world.given<StartSound>().size() == 1);
    CHECK(world.given<StartSound>()[0].at == five);
    world.give(SoundBegan{item, five, 250});
    world.at(five + 30s);
    world.give(SoundEnded{item, SoundEnded::Cause::finished, hotline.frames, five + 30s, StationWorld::loud(), ""});
    checkRow(world.rows[0], AiringResult::aired, MissReason::none);
    CHECK(world.rows[0].settled);
    CHECK(world.rows[0].airing.startErrorMicroseconds == 250);
    CHECK(world.rows[0].airing.heard == Interval{five, five + 30s});
    world.at(five + 2h);
    CHECK(world.rows.size() == 1);
}

TEST_CASE("step: neighbours are gapless: the next is cued and started while the first is on air") {
    const auto second = slotAt("second", five + 30s, 20s);
    StationWorld world{manifestOf({hotline, second})};
    world.soundComes();
    world.at(five - 10s);
    const auto first = world.cued();
    world.give(SoundCued{first});
    world.at(five - 1s);
    world.give(SoundBegan{first, five, 0});
    world.at(five + 20s);
    const auto next = world.cued();
    CHECK(next != first);
    world.give(SoundCued{next});
    world.at(five + 28'500ms);
    const auto starts = world.given<StartSound>();
    REQUIRE(starts.size() == 2);
    CHECK(starts[1].at == five + 30s);
    world.at(five + 30s);
    world.give(SoundBegan{next, five + 30s, 0});
    world.give(SoundEnded{first, SoundEnded::Cause::finished, hotline.frames, five + 30s, StationWorld::loud(), ""});
    world.at(five + 50s);
    world.give(SoundEnded{next, SoundEnded::Cause::finished, second.frames, five + 50s, StationWorld::loud(), ""});
    REQUIRE(world.rows.size() == 2);
    for (const auto& row : world.rows) checkRow(row, AiringResult::aired, MissReason::none);
}

TEST_CASE("step: what overlaps waits, and is joined by wall time when the first is over") {
    const auto over = slotAt("over", five + 10s, 40s);
    StationWorld world{manifestOf({hotline, over})};
    world.soundComes();
    world.playThrough(hotline);
    CHECK(world.given<CueSound>().size() == 2);
    const auto item = world.cued();
    world.give(SoundCued{item});
    REQUIRE(world.given<StartSound>().size() == 2);
    CHECK(world.given<StartSound>()[1].at == five + 10s);
    world.give(SoundBegan{item, five + 31s, 0});
    world.at(five + 50s);
    world.give(SoundEnded{item, SoundEnded::Cause::finished, 19 * frameRate, five + 50s, StationWorld::loud(), ""});
    checkRow(world.rows[1], AiringResult::partial, MissReason::preempted);
}

TEST_CASE("step: a player that starts in the middle joins by wall time, and says partial, restart") {
    StationWorld world{manifestOf({hotline}), five + 8s};
    world.soundComes();
    const auto item = world.cued();
    world.give(SoundCued{item});
    world.give(SoundBegan{item, five + 9s, 40});
    world.at(five + 30s);
    world.give(SoundEnded{item, SoundEnded::Cause::finished, 21 * frameRate, five + 30s, StationWorld::loud(), ""});
    REQUIRE(world.rows.size() == 1);
    checkRow(world.rows[0], AiringResult::partial, MissReason::restart);
}

TEST_CASE("step: a late join that loses less than a hundredth is aired") {
    const auto speech = slotAt("speech", five, 10min);
    StationWorld world{manifestOf({speech}), five + 1s};
    world.soundComes();
    const auto item = world.cued();
    world.give(SoundCued{item});
    world.give(SoundBegan{item, five + 1800ms, 0});
    world.at(five + 10min);
    world.give(SoundEnded{item, SoundEnded::Cause::finished, speech.frames - 1800 * 48, five + 10min,
                          StationWorld::loud(), ""});
    checkRow(world.rows[0], AiringResult::aired, MissReason::none);
}

TEST_CASE("step: where the policy says skip, a start that has passed is missed, not joined") {
    auto slot = hotline;
    slot.policy.lateJoin = LateJoinPolicy::skip;
    StationWorld world{manifestOf({slot}), five + 8s};
    world.soundComes();
    CHECK(world.given<CueSound>().empty());
    world.at(five + 30s);
    REQUIRE(world.rows.size() == 1);
    checkRow(world.rows[0], AiringResult::missed, MissReason::lateJoinSkip);
}

TEST_CASE("step: killed on air and back, the slot has the broken row and a second attempt") {
    StationWorld world{manifestOf({hotline})};
    world.soundComes();
    world.at(five - 10s);
    world.give(SoundCued{world.cued()});
    world.at(five - 1s);
    world.give(SoundBegan{world.cued(), five, 0});
    world.at(five + 6s);
    world.give(SoundProgressed{world.cued(), 6 * frameRate, StationWorld::loud()});
    world.forget();
    world.killAndRestart(4s);
    checkRow(world.rows[0], AiringResult::partial, MissReason::restart);
    CHECK(world.rows[0].airing.frames == 6 * frameRate);
    world.soundComes();
    const auto item = world.cued();
    REQUIRE(item != 0);
    world.give(SoundCued{item});
    world.give(SoundBegan{item, five + 11s, 0});
    world.at(five + 30s);
    world.give(SoundEnded{item, SoundEnded::Cause::finished, 19 * frameRate, five + 30s, StationWorld::loud(), ""});
    REQUIRE(world.rows.size() == 2);
    CHECK(world.rows[1].airing.id.sequence == 2);
    checkRow(world.rows[1], AiringResult::partial, MissReason::restart);
    world.at(five + 1h);
    CHECK(world.rows.size() == 2);
}

TEST_CASE(
    "step: whatever was lost with the player, a killed one never leaves a slot without a row or with two missed") {
    for (int stop = 0; stop <= 5; ++stop) {
        CAPTURE(stop);
        StationWorld world{manifestOf({hotline})};
        if (stop >= 1) world.soundComes();
        if (stop >= 2) world.at(five - 10s);
        if (stop >= 3) world.give(SoundCued{world.cued()});
        if (stop >= 4) world.at(five - 1s);
        if (stop >= 5) world.give(SoundBegan{world.cued(), five, 0});
        world.killAndRestart(2min);
        world.killAndRestart(2min);
        REQUIRE(world.rows.size() == 1);
        checkRow(world.rows[0], AiringResult::missed, MissReason::restart);
    }
}

TEST_CASE("step: a box that was off over a slot says missed, restart, once") {
    StationWorld world{manifestOf({hotline}), five + 5min};
    world.give(Tick{});
    world.at(five + 6min);
    REQUIRE(world.rows.size() == 1);
    checkRow(world.rows[0], AiringResult::missed, MissReason::restart);
    CHECK_FALSE(world.rows[0].airing.heard);
}

TEST_CASE("step: a slot that came into the plan after its end is missed, planLate") {
    StationWorld world{manifestOf({}), five};
    world.soundComes();
    world.at(five + 1min);
    world.manifest = manifestOf({hotline}, 2);
    world.facts.knownSince[hotline.id] = five + 1min;
    world.give(Tick{});
    REQUIRE(world.rows.size() == 1);
    checkRow(world.rows[0], AiringResult::missed, MissReason::planLate);
    CHECK(world.rows[0].airing.revision == 2);
}

TEST_CASE("step: media that comes in the middle is joined; the reason stays with the row") {
    StationWorld world{manifestOf({hotline})};
    world.facts.ready.clear();
    world.soundComes();
    world.at(five + 5s);
    CHECK(world.given<CueSound>().empty());
    world.facts.ready.insert(hotline.media);
    world.at(five + 12s);
    const auto item = world.cued();
    world.give(SoundCued{item});
    world.give(SoundBegan{item, five + 13s, 0});
    world.at(five + 30s);
    world.give(SoundEnded{item, SoundEnded::Cause::finished, 17 * frameRate, five + 30s, StationWorld::loud(), ""});
    checkRow(world.rows.at(0), AiringResult::partial, MissReason::mediaAbsent);
}

TEST_CASE("step: taken out of the plan on air, it fades and is partial, withdrawn") {
    StationWorld world{manifestOf({hotline})};
    world.soundComes();
    world.at(five - 10s);
    const auto item = world.cued();
    world.give(SoundCued{item});
    world.at(five - 1s);
    world.give(SoundBegan{item, five, 0});
    world.at(five + 10s);
    world.manifest = manifestOf({}, 2);
    world.give(Tick{});
    REQUIRE(world.given<StopSound>().size() == 1);
    world.give(SoundEnded{item, SoundEnded::Cause::stopped, 10 * frameRate, five + 10s, StationWorld::loud(), ""});
    REQUIRE(world.rows.size() == 1);
    checkRow(world.rows[0], AiringResult::partial, MissReason::withdrawn);
}

TEST_CASE("step: taken out of the plan before its row, it is dropped without one") {
    StationWorld world{manifestOf({hotline})};
    world.soundComes();
    world.at(five - 10s);
    world.give(SoundCued{world.cued()});
    world.manifest = manifestOf({}, 2);
    world.at(five - 5s);
    CHECK(world.given<StopSound>().size() == 1);
    world.at(five + 5min);
    CHECK(world.rows.empty());
}

TEST_CASE("step: a slot that slid out of the window plays on") {
    StationWorld world{manifestOf({hotline})};
    world.soundComes();
    world.at(five - 10s);
    world.give(SoundCued{world.cued()});
    world.at(five - 1s);
    world.give(SoundBegan{world.cued(), five, 0});
    world.manifest = manifestOf({}, 2);
    world.manifest.window.start = five + 5s;
    world.at(five + 10s);
    CHECK(world.given<StopSound>().empty());
}

TEST_CASE("step: a missed slot that is moved to later is tried at its new time") {
    StationWorld world{manifestOf({hotline})};
    world.at(five + 30s);
    REQUIRE(world.rows.size() == 1);
    auto moved = hotline;
    moved.at = {five + 1h, five + 1h + 30s};
    world.manifest = manifestOf({moved}, 2);
    world.soundComes();
    world.playThrough(moved);
    REQUIRE(world.rows.size() == 2);
    checkRow(world.rows[1], AiringResult::aired, MissReason::none);
}

TEST_CASE("step: checkpoints come with the first frames and then each 5 s") {
    const auto speech = slotAt("speech", five, 60s);
    StationWorld world{manifestOf({speech})};
    world.soundComes();
    world.at(five - 10s);
    world.give(SoundCued{world.cued()});
    world.at(five - 1s);
    world.give(SoundBegan{world.cued(), five, 0});
    for (int second = 1; second <= 20; ++second) {
        world.at(five + std::chrono::seconds{second});
        world.give(SoundProgressed{world.cued(), second * frameRate, StationWorld::loud()});
    }
    CHECK(world.given<WriteCheckpoint>().size() == 4);
}
