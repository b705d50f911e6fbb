// Random days: kills, crashes, lost outputs, full disks, steps of the clock, hours without trust in it. Whatever
// happens, the rows keep their invariants. The seed of a failure is printed; The same seeds run every time.
#include <doctest/doctest.h>

#include <map>
#include <random>

#include "tests/player/playout/station_world.h"

using namespace loa;
using namespace loa::test;
using namespace std::chrono_literals;

namespace {

/// A loa-sound of few words: answers at the next second, sometimes badly, sometimes not at all.
class RandomDay {
public:
    explicit RandomDay(unsigned seed) : random_{seed}, world_{plan()} {}

    void live() {
        world_.soundComes();
        for (int second = 0; second < 8 * 60; ++second) {
            world_.diskWorks = !chance(30);
            if (chance(60)) world_.give(SoundDown{"crashed"}), linked_ = false;
            if (!linked_ && chance(2)) world_.soundComes(), linked_ = true;
            if (chance(80)) world_.give(OutputChanged{!chance(3), "random"});
            if (chance(150)) kill();
            if (chance(200))
                setClock(world_.facts.now + Milliseconds{std::uniform_int_distribution{-3000, 9000}(random_)});
            if (chance(120)) loseTrust();
            if (!trusted() && chance(15)) findTrust();
            passes(1s);
            answer();
            checkNow();
        }
        world_.diskWorks = true;
        kill();
        findTrust();
        world_.at(five + 1h);
        world_.at(five + 1h + 2s);
    }

    void checkRows() const {
        std::map<SlotId, int> missed, settled, rows;
        std::int64_t sequence = 0;
        for (const auto& row : world_.rows) {
            CHECK(row.airing.id.sequence == ++sequence);
            CHECK(row.ended);
            ++rows[row.airing.slot];
            const bool never =
                row.airing.result == AiringResult::missed && row.airing.bootId == "boot-1" && !started(row);
            if (never) ++missed[row.airing.slot];
            if (row.settled) ++settled[row.airing.slot];
            CHECK(row.airing.heard.has_value() == (row.airing.frames > 0));
            if (row.airing.result != AiringResult::aired) CHECK(row.airing.reason != MissReason::none);
        }
        for (const auto& slot : world_.manifest.slots) {
            CHECK(rows[slot.id] >= 1);
            CHECK(missed[slot.id] <= 1);
            CHECK(settled[slot.id] <= 1);
            if (missed[slot.id] == 1) CHECK(rows[slot.id] == 1);
        }
    }

private:
    bool chance(int oneIn) { return std::uniform_int_distribution{1, oneIn}(random_) == 1; }

    Manifest plan() {
        std::vector<Slot> slots;
        auto at = five;
        for (int i = 0; i < 10; ++i) {
            const auto length = std::chrono::seconds{std::uniform_int_distribution{3, 40}(random_)};
            auto slot = slotAt(std::string(1, static_cast<char>('a' + i)), at, length);
            if (chance(4)) slot.policy.lateJoin = LateJoinPolicy::skip;
            slots.push_back(slot);
            at += length + std::chrono::seconds{chance(2) ? 0 : 10};
        }
        return manifestOf(slots);
    }

    bool trusted() const { return routineMaySound(world_.facts.clockTrust); }

    /// With the clock trusted, what it shows is what is true.
    void setClock(Instant now) {
        if (trusted()) true_ = now;
        world_.setClock(now);
    }

    void passes(Milliseconds length) {
        true_ += length;
        world_.facts.leastNow += length;
        world_.at(world_.facts.now + length);
    }

    /// The clock shows anything, and all that is known is some time that has passed.
    void loseTrust() {
        world_.facts.clockTrust = ClockTrust::untrusted;
        world_.facts.leastNow = true_ - std::chrono::seconds{std::uniform_int_distribution{0, 120}(random_)};
        setClock(true_ + std::chrono::seconds{std::uniform_int_distribution{-7200, 7200}(random_)});
    }

    void findTrust() {
        world_.facts.clockTrust = ClockTrust::trusted;
        setClock(true_);
    }

    void kill() {
        const std::chrono::seconds away{std::uniform_int_distribution{1, 20}(random_)};
        true_ += away;
        world_.facts.leastNow += away;
        world_.killAndRestart(away);
        linked_ = false;
        startedItems_.clear();
    }

    bool started(const Row& row) const { return startedSequences_.contains(row.airing.id.sequence); }

    /// What loa-sound says within this second about each attempt.
    void answer() {
        const auto attempts = world_.playout.attempts;
        for (const auto& attempt : attempts) {
            if (!linked_) return;
            if (std::holds_alternative<Cueing>(attempt.phase) && !chance(10))
                chance(8) ? world_.give(SoundRefused{attempt.item, MissReason::mediaDamaged, "random"})
                          : world_.give(SoundCued{attempt.item});
            if (std::holds_alternative<Starting>(attempt.phase) && world_.facts.now >= attempt.slot.at.start &&
                !chance(10))
                world_.give(SoundBegan{attempt.item, world_.facts.now, 0});
            if (const auto* air = std::get_if<OnAir>(&attempt.phase)) {
                const auto frames = (world_.facts.now - air->since).count() * 48;
                if (frames > 0) world_.give(SoundProgressed{attempt.item, frames, StationWorld::loud()});
                if (world_.facts.now >= attempt.slot.at.end && !chance(6))
                    world_.give(SoundEnded{attempt.item, SoundEnded::Cause::finished, std::max<std::int64_t>(frames, 0),
                                           world_.facts.now, StationWorld::loud(), ""});
                else if (attempt.stopped)
                    world_.give(SoundEnded{attempt.item, SoundEnded::Cause::stopped, std::max<std::int64_t>(frames, 0),
                                           world_.facts.now, StationWorld::loud(), ""});
            }
        }
    }

    /// Never two at once, and never a start without its durable row.
    void checkNow() {
        std::map<ItemNumber, bool> recorded;
        for (const auto& command : world_.commands) {
            if (const auto* row = std::get_if<WriteStarted>(&command)) recorded[row->item] = true;
            if (const auto* missed = std::get_if<WriteMissed>(&command)) CHECK(true_ >= missed->airing.planned.end);
            if (const auto* start = std::get_if<StartSound>(&command)) {
                CHECK(recorded[start->item]);
                CHECK(startedItems_.insert(start->item).second);
            }
        }
        world_.forget();
        std::vector<Interval> sounding;
        for (const auto& attempt : world_.playout.attempts) {
            if (!trusted() && !attempt.stopped) CHECK(std::holds_alternative<Closing>(attempt.phase));
            if (const auto* starting = std::get_if<Starting>(&attempt.phase)) note(starting->id, attempt, sounding);
            if (const auto* air = std::get_if<OnAir>(&attempt.phase)) note(air->id, attempt, sounding);
        }
        for (const auto& row : world_.rows)
            if (!row.ended) startedSequences_.insert(row.airing.id.sequence);
    }

    void note(const AiringId& id, const Attempt& attempt, std::vector<Interval>& sounding) {
        startedSequences_.insert(id.sequence);
        for (const auto& other : sounding) CHECK_FALSE(other.overlaps(attempt.slot.at));
        sounding.push_back(attempt.slot.at);
    }

    std::mt19937 random_;
    StationWorld world_;
    Instant true_ = world_.facts.now;
    bool linked_ = true;
    std::set<ItemNumber> startedItems_;
    std::set<std::int64_t> startedSequences_;
};

}  // namespace

TEST_CASE("F29 F30 step: over 300 random days each slot has its rows, none doubled, none invented, never two at once") {
    for (unsigned seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        RandomDay day{seed};
        day.live();
        day.checkRows();
    }
}
