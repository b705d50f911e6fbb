// What the hour asks for: withdraw what the plan no longer has, cue what comes, record and start what is due, and give
// every slot that is over its row. Pure; called at the end of every step, so that no input can be forgotten here.
#include <algorithm>
#include <string>

#include "player/playout/step.h"
#include "player/playout/turn.h"

namespace loa {
namespace {

constexpr Milliseconds cueLimit{12'000};            ///< beside the decoding; loa-sound answers 2 s earlier
constexpr Milliseconds clockStepLeast{1'000};       ///< a smaller change is slewing, or a slow step
constexpr Milliseconds clockBehindPlan{300'000};    ///< a clock so far before the plan was made is wrong
constexpr std::chrono::hours clockAheadOfPlan{24};  ///< one so long after all that it knows may be

/// The wall clock may be set at any time; what was on air then carries a mark, and what it jumped over a reason.
void noteClockStep(const Turn& turn) {
    auto& playout = turn.playout;
    const auto wallMinusBoot = turn.facts.now.time_since_epoch() - turn.facts.sinceBoot;
    const auto change = wallMinusBoot - playout.wallMinusBoot;
    playout.wallMinusBoot = wallMinusBoot;
    if (std::chrono::abs(change) < clockStepLeast) return;
    // Into or out of a time that nobody believed it jumps over nothing.
    if (routineMaySound(turn.facts.clockTrust) && !playout.untrustedSince) {
        const auto before = turn.facts.now - change;
        playout.clockStep = Interval{std::min(before, turn.facts.now), std::max(before, turn.facts.now)};
    }
    for (auto& attempt : playout.attempts) clockWasSet(turn, attempt);
}

/// Which hours those were is known once somebody tells the time again.
void noteClockTrust(const Turn& turn) {
    auto& since = turn.playout.untrustedSince;
    if (!routineMaySound(turn.facts.clockTrust)) {
        if (!since) since = turn.facts.sinceBoot;
    } else if (since) {
        turn.playout.untrusted = Interval{turn.facts.now - (turn.facts.sinceBoot - *since), turn.facts.now};
        since.reset();
    }
}

bool clockIsPlausible(const Turn& turn) {
    return turn.facts.now >= turn.manifest.issued - clockBehindPlan;
}

/// A clock far ahead is wrong, or the station was away for so long that nobody waits for its rows: either way the
/// slots that seem to have passed get none.
bool knowsWhatPassed(const Turn& turn) {
    return certainNow(turn.facts) < turn.manifest.window.end + clockAheadOfPlan;
}

/// Still planned as it was cued. A slot outside the manifest's window is not known there, which is not the same as
/// gone.
bool stillPlanned(const Turn& turn, const Attempt& attempt) {
    const auto& slots = turn.manifest.slots;
    const auto found =
        std::find_if(slots.begin(), slots.end(), [&](const Slot& slot) { return slot.id == attempt.slot.id; });
    if (found == slots.end()) return !turn.manifest.window.contains(attempt.slot.at.start);
    return found->at == attempt.slot.at && found->media == attempt.slot.media && found->frames == attempt.slot.frames;
}

std::vector<ItemNumber> items(const Playout& playout) {
    std::vector<ItemNumber> numbers;
    for (const auto& attempt : playout.attempts) numbers.push_back(attempt.item);
    return numbers;
}

Attempt* attemptWith(Playout& playout, ItemNumber item) {
    for (auto& attempt : playout.attempts)
        if (attempt.item == item) return &attempt;
    return nullptr;
}

/// Stops what the plan dropped, what an hour decides while nobody knows the hour, and what waits in vain.
void withdraw(const Turn& turn) {
    for (const auto item : items(turn.playout)) {
        auto* attempt = attemptWith(turn.playout, item);
        const bool waits =
            std::holds_alternative<Cueing>(attempt->phase) || std::holds_alternative<Armed>(attempt->phase);
        if (!stillPlanned(turn, *attempt))
            stop(turn, *attempt, MissReason::withdrawn);
        else if (!routineMaySound(turn.facts.clockTrust))
            stop(turn, *attempt, MissReason::clockUntrusted);
        else if (waits && (turn.facts.now >= attempt->slot.at.end || isQuiet(turn, attempt->slot)))
            stop(turn, *attempt, MissReason::none);
    }
}

bool hasAttempt(const Turn& turn, const SlotId& slot) {
    return std::any_of(turn.playout.attempts.begin(), turn.playout.attempts.end(),
                       [&](const Attempt& attempt) { return attempt.slot.id == slot; });
}

bool settled(const Turn& turn, const SlotId& slot) {
    const auto account = turn.facts.accounts.find(slot);
    return account != turn.facts.accounts.end() && account->second.settled;
}

void cue(const Turn& turn, const Slot& slot) {
    const auto difficulty = turn.playout.difficulties.find(slot.id);
    if (difficulty != turn.playout.difficulties.end() && turn.facts.sinceBoot < difficulty->second.notBefore) return;
    if (const auto standing = obstacle(turn, slot)) {
        if (turn.facts.now >= slot.at.start) note(turn, slot, standing->reason, standing->detail);
        return;
    }
    // One at a time, so that when loa-sound dies while decoding there is no doubt which file it was.
    for (const auto& attempt : turn.playout.attempts)
        if (std::holds_alternative<Cueing>(attempt.phase)) return;
    const ItemNumber item = turn.playout.nextItem++;
    const auto deadline = turn.facts.sinceBoot + cueLimit + decodingTime(slot);
    turn.playout.attempts.push_back(
        {item, slot, turn.manifest.revision, Cueing{deadline}, MissReason::none, std::nullopt, "", false});
    turn.give(CueSound{item, slot.media, slot.frames});
}

/// A long item is cued early, and before it all that sounds before it: decoding it must hold up none of them.
void cueWhatComes(const Turn& turn) {
    const auto& slots = turn.manifest.slots;
    const auto last = std::find_if(slots.rbegin(), slots.rend(),
                                   [&](const Slot& slot) { return slot.at.start - turn.facts.now <= cueAhead(slot); });
    for (auto slot = slots.begin(); slot != last.base(); ++slot) {
        if (turn.facts.now >= slot->at.end || settled(turn, slot->id) || hasAttempt(turn, slot->id)) continue;
        if (!tooLate(turn, *slot)) cue(turn, *slot);
    }
}

void recordWhatIsDue(const Turn& turn) {
    if (turn.facts.sinceBoot < turn.playout.writesFrom) return;
    for (const auto item : items(turn.playout)) {
        auto* attempt = attemptWith(turn.playout, item);
        const auto& slot = attempt->slot;
        if (!std::holds_alternative<Armed>(attempt->phase) || slot.at.start - turn.facts.now > recordAhead) continue;
        if (!turn.playout.outputReady) {
            if (turn.facts.now >= slot.at.start) note(turn, slot, MissReason::deviceLost, turn.playout.outputDetail);
            continue;
        }
        if (tooLate(turn, slot)) {
            stop(turn, *attempt, MissReason::none);
            continue;
        }
        if (turn.facts.now > slot.at.start) attempt->late = whyLate(turn, slot).reason;
        attempt->phase = Writing{};
        turn.give(WriteStarted{item, snapshot(slot, attempt->revision, turn.facts)});
    }
}

void writeWhatEnded(const Turn& turn) {
    if (turn.facts.sinceBoot < turn.playout.writesFrom) return;
    for (auto& attempt : turn.playout.attempts) {
        auto* closing = std::get_if<Closing>(&attempt.phase);
        if (!closing || closing->asked) continue;
        closing->asked = true;
        turn.give(WriteEnded{attempt.item, closing->airing, closing->settled});
    }
}

bool accounted(const Turn& turn, const Slot& slot) {
    const auto account = turn.facts.accounts.find(slot.id);
    if (account != turn.facts.accounts.end() && (account->second.settled || account->second.plannedEnd >= slot.at.end))
        return true;
    // The rows that were lost with a broken store may have told of it; unless the clock was wrong when that was noted.
    const auto replaced = turn.facts.storeReplaced;
    return replaced && slot.at.end <= *replaced && *replaced <= turn.facts.now;
}

/// Silence without a reason is a failure: what is over and has no row gets one.
void writeWhatWasMissed(const Turn& turn) {
    if (turn.facts.sinceBoot < turn.playout.writesFrom || !knowsWhatPassed(turn)) return;
    for (const auto& slot : turn.manifest.slots) {
        if (certainNow(turn.facts) < slot.at.end || accounted(turn, slot) || hasAttempt(turn, slot.id)) continue;
        turn.give(WriteMissed{missed(turn, slot)});
    }
}

void forgetOldDifficulties(const Turn& turn) {
    std::erase_if(turn.playout.difficulties, [&](const auto& entry) {
        return std::none_of(turn.manifest.slots.begin(), turn.manifest.slots.end(), [&](const Slot& slot) {
            return slot.id == entry.first && slot.at.start == entry.second.start &&
                   !(turn.facts.now >= slot.at.end && accounted(turn, slot));
        });
    });
}

}  // namespace

void advance(const Turn& turn) {
    noteClockStep(turn);
    noteClockTrust(turn);
    forgetOldDifficulties(turn);
    advanceOrders(turn);
    if (!turn.playout.shuttingDown) {
        withdraw(turn);
        const bool isTrusted = routineMaySound(turn.facts.clockTrust);
        if (isTrusted && clockIsPlausible(turn)) {
            cueWhatComes(turn);
            recordWhatIsDue(turn);
        }
        if (!isTrusted || clockIsPlausible(turn)) writeWhatWasMissed(turn);
    }
    writeWhatEnded(turn);
}

Instant nextDue(const Manifest& manifest, const Facts& facts) {
    auto next = Instant::max();
    for (const auto& slot : manifest.slots)
        for (const auto at : {slot.at.start - cueAhead(slot), slot.at.start - recordAhead, slot.at.start, slot.at.end})
            if (at > facts.now) next = std::min(next, at);
    return next;
}

}  // namespace loa
