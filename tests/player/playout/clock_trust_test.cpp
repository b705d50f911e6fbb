// What the player does while nobody tells the time, and when somebody does again.
#include "tests/player/playout/station_world.h"

using namespace loa;
using namespace loa::test;
using namespace std::chrono_literals;

namespace {

const Slot first = slotAt("a", five, 5min);
const Slot second = slotAt("b", five + 10min, 30s);

/// The clock is not believed; it is certainly not earlier than `least`.
void doubt(StationWorld& world, Instant shows, Instant least) {
    world.facts.clockTrust = ClockTrust::untrusted;
    world.facts.leastNow = least;
    world.setClock(shows);
}

void trust(StationWorld& world, Instant now) {
    world.facts.clockTrust = ClockTrust::trusted;
    world.setClock(now);
}

/// Boot time passes, and with it the wall clock and what is known at least.
void pass(StationWorld& world, Milliseconds length) {
    world.facts.leastNow += length;
    world.at(world.facts.now + length);
}

/// Up to the first frame.
ItemNumber goOnAir(StationWorld& world, const Slot& slot) {
    world.at(slot.at.start - cueAhead(slot));
    const auto item = world.cued();
    world.give(SoundCued{item});
    world.at(slot.at.start - recordAhead);
    world.at(slot.at.start);
    world.give(SoundBegan{item, slot.at.start, 0});
    return item;
}

}  // namespace

TEST_CASE("F27 F28 step: while the clock is not trusted nothing planned is cued, whatever hour it shows") {
    StationWorld world{manifestOf({first, second})};
    world.soundComes();
    for (const auto shows : {Instant{1min}, five - 5s, five + 10s}) {
        doubt(world, shows, five - 9h);
        for (int second = 0; second < 30; ++second) pass(world, 1s);
    }
    CHECK(world.given<CueSound>().empty());
    CHECK(world.rows.empty());  // and nobody claims that an hour has passed that may be still to come
}

TEST_CASE("step: what is certainly over while the clock is not trusted has its row, and says so") {
    StationWorld world{manifestOf({first, second})};
    world.soundComes();
    doubt(world, Instant{1min}, five - 1min);
    pass(world, 5min + 30s);
    CHECK(world.rows.empty());
    pass(world, 1min);
    REQUIRE(world.rows.size() == 1);
    const auto& row = world.rows[0].airing;
    CHECK(row.slot == first.id);
    CHECK(row.result == AiringResult::missed);
    CHECK(row.reason == MissReason::clockUntrusted);
    CHECK(row.clockTrust == ClockTrust::untrusted);
    trust(world, five + 9min);
    world.playThrough(second);
    REQUIRE(world.rows.size() == 2);
    CHECK(world.rows[1].airing.result == AiringResult::aired);
    CHECK(world.rows[1].airing.clockTrust == ClockTrust::trusted);
}

TEST_CASE("step: what passed before the clock was trusted is missed for that, what the machine was off for is not") {
    const auto night = slotAt("c", five - 5h, 30s);
    StationWorld world{manifestOf({night, first, second})};
    world.facts.sinceBoot = 2min;  // it was off until 04:59
    world.playout = beginPlayout(world.facts);
    doubt(world, Instant{1min}, Instant{});
    world.soundComes();
    pass(world, 8min);
    CHECK(world.rows.empty());
    trust(world, five + 7min);
    REQUIRE(world.rows.size() == 2);
    CHECK(world.rows[0].airing.slot == night.id);
    CHECK(world.rows[0].airing.reason == MissReason::restart);
    CHECK(world.rows[1].airing.slot == first.id);
    CHECK(world.rows[1].airing.reason == MissReason::clockUntrusted);
    world.playThrough(second);
    CHECK(world.rows.back().airing.result == AiringResult::aired);
}

TEST_CASE("step: trust that is lost on air fades it out, and once it is back the rest sounds") {
    StationWorld world{manifestOf({first})};
    world.soundComes();
    const auto item = goOnAir(world, first);
    world.at(five + 1min);
    world.give(SoundProgressed{item, 60 * frameRate, StationWorld::loud()});
    world.forget();
    doubt(world, five + 1h, five + 1min);
    REQUIRE(world.given<StopSound>().size() == 1);
    world.give(SoundEnded{item, SoundEnded::Cause::stopped, 60 * frameRate, five + 1h, StationWorld::loud(), ""});
    REQUIRE(world.rows.size() == 1);
    const auto part = world.rows[0].airing;
    CHECK(part.result == AiringResult::partial);
    CHECK(part.reason == MissReason::clockUntrusted);
    // By the clock that was trusted when it began, not by the one that jumped.
    CHECK(part.clockTrust == ClockTrust::trusted);
    CHECK(part.heard == Interval{five, five + 1min});
    pass(world, 1min);
    trust(world, five + 2min);
    world.at(five + 2min + 2s);
    REQUIRE(world.cued() != 0);
    const auto again = world.cued();
    world.give(SoundCued{again});
    world.give(SoundBegan{again, five + 2min + 3s, 0});
    world.at(five + 5min);
    world.give(SoundEnded{again, SoundEnded::Cause::finished, 177 * frameRate, first.at.end, StationWorld::loud(), ""});
    REQUIRE(world.rows.size() == 2);
    CHECK(world.rows[1].airing.reason == MissReason::clockUntrusted);
}

TEST_CASE("step: a row says when its first frame passed, by the time since the machine was started") {
    StationWorld world{manifestOf({second})};
    world.soundComes();
    const auto atStart = world.facts.sinceBoot + (second.at.start - world.facts.now);
    world.playThrough(second);
    CHECK(world.rows[0].airing.sinceBoot == atStart);
}

namespace {

/// A loa-sound that does as it is told, in steps of a second.
class Obedient {
public:
    explicit Obedient(StationWorld& world) : world_{world} { world_.soundComes(); }

    void live(Milliseconds length) {
        for (const auto end = world_.facts.sinceBoot + length; world_.facts.sinceBoot < end;) {
            world_.at(world_.facts.now + 1s);
            const auto attempts = world_.playout.attempts;
            for (const auto& attempt : attempts) answer(attempt);
        }
    }

private:
    void answer(const Attempt& attempt) {
        const auto& slot = attempt.slot;
        if (std::holds_alternative<Cueing>(attempt.phase)) world_.give(SoundCued{attempt.item});
        if (std::holds_alternative<Starting>(attempt.phase) && attempt.stopped)
            world_.give(SoundEnded{attempt.item, SoundEnded::Cause::stopped, 0, world_.facts.now, {}, ""});
        else if (std::holds_alternative<Starting>(attempt.phase) && world_.facts.now >= slot.at.start) {
            CHECK(began_.emplace(attempt.item, world_.facts.sinceBoot).second);
            world_.give(SoundBegan{attempt.item, world_.facts.now, 0});
        }
        const auto* air = std::get_if<OnAir>(&attempt.phase);
        if (!air || (!attempt.stopped && world_.facts.now < slot.at.end)) return;
        const auto length = std::min(world_.facts.sinceBoot - began_.at(attempt.item), slot.at.length());
        world_.give(SoundEnded{attempt.item, attempt.stopped ? SoundEnded::Cause::stopped : SoundEnded::Cause::finished,
                               length.count() * 48, world_.facts.now, StationWorld::loud(), ""});
    }

    StationWorld& world_;
    std::map<ItemNumber, Milliseconds> began_;
};

}  // namespace

TEST_CASE(
    "F29 step: an hour forward or back at any second sounds nothing whole twice, and what it takes has its reason") {
    for (const Milliseconds jump : {Milliseconds{1h}, Milliseconds{-1h}})
        for (int second = 0; second < 60; second += 3) {
            CAPTURE(jump.count());
            CAPTURE(second);
            StationWorld world{manifestOf({slotAt("a", five, 20s), slotAt("b", five + 25s, 20s)})};
            Obedient sound{world};
            sound.live(std::chrono::seconds{50 + second});  // from a minute before five
            world.setClock(world.facts.now + jump);
            sound.live(65min);
            for (const auto& slot : world.manifest.slots) {
                CAPTURE(slot.title);
                int rows = 0, whole = 0;
                for (const auto& row : world.rows) {
                    if (row.airing.slot != slot.id) continue;
                    ++rows;
                    if (row.airing.frames == slot.frames) ++whole;
                    CHECK(row.ended);
                    if (row.airing.result != AiringResult::aired) CHECK(row.airing.reason == MissReason::clockStep);
                }
                CHECK(rows >= 1);
                CHECK(whole <= 1);
                if (jump < 0s) CHECK(whole == 1);  // its time comes again for what had not sounded
            }
        }
}

TEST_CASE("F30 step: a step exactly while an item starts gives one start") {
    for (const Milliseconds jump : {Milliseconds{1h}, Milliseconds{-1h}, Milliseconds{2s}, Milliseconds{-2s}})
        for (const bool recorded : {false, true}) {
            CAPTURE(jump.count());
            CAPTURE(recorded);
            StationWorld world{manifestOf({first})};
            world.soundComes();
            world.at(first.at.start - cueAhead(first));
            const auto item = world.cued();
            world.give(SoundCued{item});
            if (recorded) world.at(first.at.start - recordAhead);
            world.setClock(world.facts.now + jump);
            world.setClock(world.facts.now - jump);
            const auto attempts = world.playout.attempts;
            for (const auto& attempt : attempts) world.give(SoundCued{attempt.item});  // one that was cued anew
            world.at(first.at.start - 1s);
            world.at(first.at.start);
            std::map<ItemNumber, int> starts;
            for (const auto& start : world.given<StartSound>()) CHECK(++starts[start.item] == 1);
            std::size_t open = 0;
            for (const auto& attempt : world.playout.attempts)
                if (!attempt.stopped &&
                    (std::holds_alternative<Starting>(attempt.phase) || std::holds_alternative<OnAir>(attempt.phase)))
                    ++open;
            CHECK(open <= 1);
            CHECK(starts.size() >= 1);
        }
}

TEST_CASE("F34 step: what is planned into quiet hours does not sound, whoever let it pass, and its row says why") {
    auto plan = manifestOf({first, second});
    plan.quiet = {{five - 1h, five + 1s}};
    StationWorld world{plan};
    world.soundComes();
    world.at(five - 5s);
    world.at(five + 1min);
    CHECK(world.given<CueSound>().empty());
    world.at(first.at.end);
    REQUIRE(world.rows.size() == 1);
    CHECK(world.rows[0].airing.result == AiringResult::missed);
    CHECK(world.rows[0].airing.reason == MissReason::quietHours);
    world.playThrough(second);
    CHECK(world.rows.back().airing.result == AiringResult::aired);
}

TEST_CASE("F34 step: a plan that makes the hour quiet while the item waits is heeded") {
    StationWorld world{manifestOf({first})};
    world.soundComes();
    world.at(first.at.start - cueAhead(first));
    world.give(SoundCued{world.cued()});
    world.manifest.quiet = {{five, five + 1min}};
    world.at(five - 1s);
    world.at(five + 1s);
    CHECK(world.given<StartSound>().empty());
    world.at(first.at.end);
    REQUIRE(world.rows.size() == 1);
    CHECK(world.rows[0].airing.reason == MissReason::quietHours);
}
