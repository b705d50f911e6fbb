// What stands in the way of a slot, what is remembered of it, and what is said when nothing was known to. Pure.
#include <algorithm>

#include "player/playout/step.h"
#include "player/playout/turn.h"

namespace loa {
namespace {

constexpr Milliseconds settleTime{10'000};  ///< in which a player that began may still be finding its output
constexpr Milliseconds leastRest{500};      ///< with less of a slot left there is nothing to join

const Attempt* overlapping(const Turn& turn, const Slot& slot) {
    for (const auto& attempt : turn.playout.attempts)
        if (!std::holds_alternative<Closing>(attempt.phase) && attempt.slot.at.overlaps(slot.at)) return &attempt;
    return nullptr;
}

Difficulty because(MissReason reason, std::string detail) {
    Difficulty difficulty;
    difficulty.reason = reason;
    difficulty.detail = std::move(detail);
    return difficulty;
}

}  // namespace

Instant certainNow(const Facts& facts) {
    return routineMaySound(facts.clockTrust) ? facts.now : facts.leastNow;
}

Instant begunAt(const Turn& turn) {
    return certainNow(turn.facts) - (turn.facts.sinceBoot - turn.playout.since);
}

bool isQuiet(const Turn& turn, const Slot& slot) {
    return std::ranges::any_of(turn.manifest.quiet, [&](const Interval& hours) { return hours.overlaps(slot.at); });
}

/// The first thing that stood in the way is the one that counts; what comes after is often its consequence. A player
/// that has just begun has not had the time to reach its output: that is its own lateness, not the output's.
void note(const Turn& turn, const Slot& slot, MissReason reason, const std::string& detail) {
    const bool settlingIn =
        turn.facts.sinceBoot < turn.playout.since + settleTime && begunAt(turn) > slot.at.start - cueAhead(slot);
    if (settlingIn && (reason == MissReason::soundLost || reason == MissReason::deviceLost)) return;
    auto& difficulty = turn.playout.difficulties[slot.id];
    if (difficulty.reason != MissReason::none) return;
    difficulty.reason = reason;
    difficulty.detail = detail;
    difficulty.start = slot.at.start;
}

bool tooLate(const Turn& turn, const Slot& slot) {
    if (turn.facts.now > slot.at.start && turn.facts.now > slot.at.end - leastRest) return true;
    return slot.policy.lateJoin == LateJoinPolicy::skip &&
           turn.facts.now > slot.at.start + turn.manifest.thresholds.startTolerance;
}

std::optional<Difficulty> obstacle(const Turn& turn, const Slot& slot) {
    if (isQuiet(turn, slot)) return because(MissReason::quietHours, "it is planned into quiet hours");
    const auto bad = turn.facts.quarantined.find(slot.media);
    if (bad != turn.facts.quarantined.end())
        return because(bad->second, "the file did not decode twice and is in quarantine");
    if (!turn.facts.ready.contains(slot.media))
        return because(MissReason::mediaAbsent, "the file is not on the station");
    if (const auto why = ordersForbid(turn)) return because(MissReason::preempted, *why);
    if (!turn.playout.soundLink) return because(MissReason::soundLost, turn.playout.outputDetail);
    if (turn.playout.decodingHangs) return because(MissReason::soundLost, "loa-sound hangs in decoding another file");
    if (const auto* other = overlapping(turn, slot))
        return because(MissReason::preempted, "'" + other->slot.title + "' has its time");
    return std::nullopt;
}

/// While nobody told the time; as long as nobody does, by the latest it can have been at least.
std::optional<Interval> untrusted(const Turn& turn) {
    const auto& since = turn.playout.untrustedSince;
    if (!since) return turn.playout.untrusted;
    return Interval{certainNow(turn.facts) - (turn.facts.sinceBoot - *since), Instant::max()};
}

Difficulty whyLate(const Turn& turn, const Slot& slot) {
    const auto known = turn.facts.knownSince.find(slot.id);
    const auto knownSince = known == turn.facts.knownSince.end() ? Instant{} : known->second;
    if (knownSince >= slot.at.end) return because(MissReason::planLate, "the plan came after the slot");
    const auto difficulty = turn.playout.difficulties.find(slot.id);
    if (difficulty != turn.playout.difficulties.end() && difficulty->second.reason != MissReason::none)
        return difficulty->second;
    const auto soon = slot.at.start - cueAhead(slot);
    if (const auto when = untrusted(turn);
        when && when->overlaps({soon, slot.at.end}) && begunAt(turn) <= slot.at.start)
        return because(MissReason::clockUntrusted, "nobody could tell the station the time");
    const bool skips = slot.policy.lateJoin == LateJoinPolicy::skip && turn.facts.now >= slot.at.end;
    if (knownSince > soon)
        return because(skips ? MissReason::lateJoinSkip : MissReason::planLate, "the plan came too late for the start");
    if (turn.playout.clockStep && turn.playout.clockStep->overlaps({soon, slot.at.end}))
        return because(MissReason::clockStep, "the clock was set across the start");
    if (begunAt(turn) >= slot.at.end) return because(MissReason::restart, "the player did not run");
    if (begunAt(turn) > soon)
        return because(skips ? MissReason::lateJoinSkip : MissReason::restart, "the player began after the start");
    return because(MissReason::restart, "the player stood still across the start");
}

}  // namespace loa
