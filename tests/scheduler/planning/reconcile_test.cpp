#include "scheduler/planning/reconcile.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>

#include "tests/scheduler/planning/values.h"

using namespace loa;
using namespace loa::test;

namespace {

constexpr Milliseconds slotLength = 40s;

PublishedSlot slotAt(Instant start, const std::string& name = "1022") {
    PublishedSlot published;
    published.station = StationId{"s1"};
    published.slot.event = EventId{name};
    published.slot.id = makeSlotId(published.slot.event, start, published.station, 0);
    published.slot.original = start;
    published.slot.title = name;
    published.slot.at = {start, start + slotLength};
    published.slot.media = MediaId{"m1"};
    published.slot.frames = slotLength.count() * frameRate / 1000;
    published.firstRevision = published.lastRevision = 1;
    return published;
}

/// An attempt that sounded `length` of the slot from `late` after its start.
Airing attempt(const PublishedSlot& published, std::int64_t sequence, Milliseconds late, Milliseconds length,
               AiringResult result, MissReason reason = MissReason::none) {
    Airing airing;
    airing.id = {published.station, 77, sequence};
    airing.slot = published.slot.id;
    airing.title = published.slot.title;
    airing.media = published.slot.media;
    airing.revision = 1;
    airing.planned = published.slot.at;
    airing.plannedFrames = published.slot.frames;
    airing.result = result;
    airing.reason = reason;
    airing.frames = length.count() * frameRate / 1000;
    if (length > 0ms) airing.heard = Interval{airing.planned.start + late, airing.planned.start + late + length};
    airing.startErrorMicroseconds = late.count() * 1000;
    airing.level = {-20.0 - static_cast<double>(sequence), -3, 0};
    return airing;
}

const PublishedSlot slot = slotAt(at(5));

AsRun only(const std::vector<Airing>& airings, const PublishedSlot& published = slot, Instant now = at(6)) {
    const auto lines = reconcile(std::vector{published}, airings, now);
    REQUIRE(lines.size() == 1);
    return lines[0];
}

}  // namespace

TEST_CASE("reconcile: a full airing on time is aired, with what was measured") {
    const AsRun line = only({attempt(slot, 1, 1ms, slotLength, AiringResult::aired)});
    CHECK(line.result == AsRunResult::aired);
    CHECK(line.reason == MissReason::none);
    CHECK(line.start == at(5) + 1ms);
    CHECK(line.startErrorMicroseconds == 1000);
    CHECK(line.frames == line.plannedFrames);
    CHECK(line.level->rmsDbfs == -21.0);
    CHECK(line.attempts == 1);
    CHECK_FALSE(line.unplanned);
}

TEST_CASE("reconcile: no report is unknown, never missed, and overdue only once the deadline has passed") {
    const AsRun early = only({}, slot, slot.slot.at.end + 48h - 1ms);
    CHECK(early.result == AsRunResult::unknown);
    CHECK_FALSE(early.overdue);
    CHECK(early.attempts == 0);
    CHECK(only({}, slot, slot.slot.at.end + 48h).overdue);
    CHECK_FALSE(only({attempt(slot, 1, 0ms, 0ms, AiringResult::missed)}, slot, slot.slot.at.end + 96h).overdue);
}

TEST_CASE("reconcile: a claim that the frames do not bear out is not believed") {
    CHECK(only({attempt(slot, 1, 0ms, slotLength / 2, AiringResult::aired)}).result == AsRunResult::partial);
    CHECK(only({attempt(slot, 1, 30s, slotLength, AiringResult::aired)}).result == AsRunResult::airedLate);
    CHECK(only({attempt(slot, 1, 120s, slotLength, AiringResult::aired)}).result == AsRunResult::partial);
    CHECK(only({attempt(slot, 1, -5s, slotLength, AiringResult::aired)}).result == AsRunResult::partial);
    CHECK(only({attempt(slot, 1, 0ms, 0ms, AiringResult::aired)}).result == AsRunResult::missed);
}

TEST_CASE("reconcile: a single attempt that calls itself partial stays partial, whatever its frames") {
    const AsRun line = only({attempt(slot, 1, 0ms, slotLength, AiringResult::partial, MissReason::clockStep)});
    CHECK(line.result == AsRunResult::partial);
    CHECK(line.reason == MissReason::clockStep);
}

TEST_CASE("reconcile: 99 percent and 2 seconds are on the good side") {
    CHECK(only({attempt(slot, 1, 2s, slotLength * 99 / 100, AiringResult::aired)}).result == AsRunResult::aired);
    CHECK(only({attempt(slot, 1, 2001ms, slotLength, AiringResult::aired)}).result == AsRunResult::airedLate);
    CHECK(only({attempt(slot, 1, 0ms, slotLength * 99 / 100 - 1ms, AiringResult::aired)}).result ==
          AsRunResult::partial);
}

TEST_CASE(
    "reconcile: two attempts that together sounded everything count as one airing, a cut between them as partial") {
    const auto before = attempt(slot, 1, 0ms, 15s, AiringResult::partial, MissReason::restart);
    const AsRun whole = only({before, attempt(slot, 2, 15s, 25s, AiringResult::partial)});
    CHECK(whole.result == AsRunResult::aired);
    CHECK(whole.reason == MissReason::none);
    const AsRun cut = only({before, attempt(slot, 2, 25s, 15s, AiringResult::partial)});
    CHECK(cut.result == AsRunResult::partial);
    CHECK(cut.reason == MissReason::restart);
    CHECK(cut.attempts == 2);
    CHECK(cut.frames == 30 * frameRate);
    CHECK(cut.start == at(5));
}

TEST_CASE("reconcile: what sounded twice is not counted twice") {
    const AsRun line = only({attempt(slot, 1, 0ms, 35s, AiringResult::partial, MissReason::restart),
                             attempt(slot, 2, 5s, 35s, AiringResult::partial)});
    CHECK(line.frames == line.plannedFrames);
}

TEST_CASE("reconcile: silence is silent, giving way is giving way, and both are told from not airing") {
    CHECK(only({attempt(slot, 1, 0ms, slotLength, AiringResult::silent, MissReason::noSignal)}).result ==
          AsRunResult::silent);
    const auto gaveWay = attempt(slot, 1, 0ms, 10s, AiringResult::preempted, MissReason::preempted);
    CHECK(only({gaveWay}).result == AsRunResult::preempted);
    CHECK(only({gaveWay, attempt(slot, 2, 0ms, 0ms, AiringResult::missed, MissReason::lateJoinSkip)}).result ==
          AsRunResult::preempted);
    CHECK(only({gaveWay, attempt(slot, 2, 20s, 20s, AiringResult::partial)}).result == AsRunResult::partial);
    const AsRun missed = only({attempt(slot, 1, 0ms, 0ms, AiringResult::missed, MissReason::mediaAbsent)});
    CHECK(missed.result == AsRunResult::missed);
    CHECK(missed.reason == MissReason::mediaAbsent);
    CHECK_FALSE(missed.start);
    CHECK_FALSE(missed.level);
}

TEST_CASE("reconcile: silent frames do not make an audible part whole") {
    const AsRun line = only({attempt(slot, 1, 0ms, 20s, AiringResult::partial, MissReason::restart),
                             attempt(slot, 2, 20s, 20s, AiringResult::silent, MissReason::noSignal)});
    CHECK(line.result == AsRunResult::partial);
    CHECK(line.reason == MissReason::noSignal);
    CHECK(line.frames == 20 * frameRate);
    const AsRun late = only({attempt(slot, 1, 0ms, 20s, AiringResult::silent, MissReason::noSignal),
                             attempt(slot, 2, 20s, 20s, AiringResult::partial, MissReason::restart)});
    CHECK(late.start == slot.slot.at.start + 20s);
    CHECK(late.frames == 20 * frameRate);
}

TEST_CASE("reconcile: the same time heard twice, as by a cloned card, is one time") {
    auto other = attempt(slot, 1, 0ms, 30s, AiringResult::partial, MissReason::restart);
    other.id.epoch = 2;
    const AsRun line = only({attempt(slot, 1, 0ms, 30s, AiringResult::partial, MissReason::restart), other});
    CHECK(line.result == AsRunResult::partial);
    CHECK(line.frames == 30 * frameRate);
}

TEST_CASE("reconcile: a line is as sure of its times as the attempt with the worst clock") {
    auto first = attempt(slot, 1, 0ms, 20s, AiringResult::partial, MissReason::restart);
    auto second = attempt(slot, 2, 20s, 20s, AiringResult::partial, MissReason::restart);
    CHECK_FALSE(only({first, second}).clockTrust);
    first.clockTrust = ClockTrust::trusted;
    CHECK(only({first, second}).clockTrust == ClockTrust::trusted);
    second.clockTrust = ClockTrust::untrusted;
    CHECK_FALSE(only({first, second}).rebased);
    second.rebased = true;
    CHECK(only({first, second}).clockTrust == ClockTrust::untrusted);
    CHECK(only({second, first}).rebased);
}

TEST_CASE("reconcile: a withdrawn slot has no line, unless it sounded; then it is unplanned") {
    PublishedSlot withdrawn = slot;
    withdrawn.withdrawn = slot.slot.at.start;
    CHECK(reconcile(std::vector{withdrawn}, {}, at(6)).empty());
    CHECK(reconcile(std::vector{withdrawn}, std::vector{attempt(slot, 1, 0ms, 0ms, AiringResult::missed)}, at(6))
              .empty());
    const AsRun line = only({attempt(slot, 1, 0ms, slotLength, AiringResult::aired)}, withdrawn);
    CHECK(line.unplanned);
    CHECK(line.result == AsRunResult::aired);
    withdrawn.withdrawn = slot.slot.at.start + 1ms;
    CHECK_FALSE(only({attempt(slot, 1, 0ms, 10s, AiringResult::partial, MissReason::withdrawn)}, withdrawn).unplanned);
    CHECK(only({}, withdrawn).result == AsRunResult::unknown);
}

TEST_CASE("reconcile: an airing of a slot nobody knows is told from its own snapshot") {
    const auto lines = reconcile({}, std::vector{attempt(slot, 1, 0ms, slotLength, AiringResult::aired)}, at(6));
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].unplanned);
    CHECK(lines[0].title == "1022");
    CHECK(lines[0].event == EventId{"1022"});
    CHECK(lines[0].planned == slot.slot.at);
    CHECK(lines[0].frames == slot.slot.frames);
}

TEST_CASE("reconcile: another station's airing of the same slot text proves nothing here") {
    Airing foreign = attempt(slot, 1, 0ms, slotLength, AiringResult::aired);
    foreign.id.station = StationId{"s2"};
    const auto lines = reconcile(std::vector{slot}, std::vector{foreign}, at(6));
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].result == AsRunResult::unknown);
    CHECK(lines[1].unplanned);
}

TEST_CASE(
    "reconcile: whatever attempts there were, each slot has exactly one line, order and repetition change nothing") {
    for (unsigned seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        std::mt19937 random{seed};
        std::vector<PublishedSlot> slots;
        std::vector<Airing> airings;
        std::int64_t sequence = 0;
        for (int i = 0; i < 12; ++i) {
            slots.push_back(slotAt(at(5, i), "e" + std::to_string(i % 3)));
            for (auto n = random() % 4; n > 0; --n)
                airings.push_back(attempt(slots.back(), ++sequence, Milliseconds{random() % 90'000},
                                          Milliseconds{random() % 2 ? random() % 40'001 : 0},
                                          AiringResult{static_cast<int>(random() % 6)},
                                          MissReason{static_cast<int>(random() % 14)}));
        }
        const auto lines = reconcile(slots, airings, at(12));
        std::set<SlotId> seen;
        for (const AsRun& line : lines) {
            CHECK(seen.insert(line.slot).second);
            CHECK(line.frames <= line.plannedFrames);
            CHECK((line.result == AsRunResult::unknown) == (line.attempts == 0));
            CHECK_FALSE(line.unplanned);
            if (line.result <= AsRunResult::airedLate) CHECK(line.frames * 100 >= line.plannedFrames * 99);
            if (line.frames == 0) CHECK(line.result >= AsRunResult::preempted);
        }
        CHECK(lines.size() == slots.size());
        auto again = airings;
        for (std::size_t i = 0; i < airings.size(); i += 2) again.push_back(airings[i]);
        std::shuffle(again.begin(), again.end(), random);
        std::shuffle(slots.begin(), slots.end(), random);
        CHECK(reconcile(slots, again, at(12)) == lines);
    }
}
