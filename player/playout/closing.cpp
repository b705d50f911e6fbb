// How an attempt becomes a row: the plan's snapshot, the figures of the output, and the verdict over both. Pure.
#include <algorithm>

#include "player/playout/judge.h"
#include "player/playout/step.h"
#include "player/playout/turn.h"
#include "scheduler/domain/media_item.h"

namespace loa {
namespace {

/// The words of a decoder or a driver as the office takes them: no control characters, at most 500 bytes, cut between
/// two letters of UTF-8. A row the office must refuse would never be delivered.
std::string plain(std::string words) {
    constexpr std::size_t longest = 500;
    if (words.size() > longest) {
        std::size_t end = longest;
        while (end > 0 && (static_cast<unsigned char>(words[end]) & 0xC0) == 0x80) --end;
        words.resize(end);
    }
    std::replace_if(
        words.begin(), words.end(), [](char c) { return (c >= 0 && c < ' ') || c == 127; }, ' ');
    return words;
}

}  // namespace

void postpone(const Turn& turn, const Slot& slot, MissReason why, const std::string& detail) {
    auto& difficulty = turn.playout.difficulties[slot.id];
    difficulty.start = slot.at.start;
    difficulty.reason = why;
    difficulty.detail = detail;
    difficulty.notBefore = turn.facts.sinceBoot + Milliseconds{500} * (1 << std::min(difficulty.failures, 5));
    ++difficulty.failures;
}

Airing snapshot(const Slot& slot, std::int64_t revision, const Facts& facts) {
    Airing airing;
    airing.id.station = facts.station;
    airing.slot = slot.id;
    airing.title = slot.title;
    airing.media = slot.media;
    airing.revision = revision;
    airing.planned = slot.at;
    airing.plannedFrames = slot.frames;
    airing.reason = MissReason::restart;  // what is true should nothing further ever be written
    airing.bootId = facts.bootId;
    airing.sinceBoot = facts.sinceBoot;
    airing.clockTrust = facts.clockTrust;
    return airing;
}

void close(const Turn& turn, Attempt& attempt, const Outcome& outcome) {
    const auto* starting = std::get_if<Starting>(&attempt.phase);
    const auto* air = std::get_if<OnAir>(&attempt.phase);
    if (!starting && !air) return;
    Airing airing = snapshot(attempt.slot, attempt.revision, turn.facts);
    airing.id = air ? air->id : starting->id;
    if (air && air->frames > 0) {
        // By a clock that was set meanwhile, its end would be another clock's.
        const auto length = air->since + framesToLength(air->frames);
        const Instant until = attempt.clockStepped ? length : outcome.until.value_or(length);
        airing.heard = Interval{air->since, std::max(until, air->since)};
        airing.sinceBoot = air->begun;
        airing.clockTrust = air->clockTrust;
        airing.startErrorMicroseconds = air->startErrorMicroseconds;
        airing.frames = air->frames;
        airing.level = air->level;
    }
    const auto verdict = judge({attempt.slot.at, attempt.slot.frames, attempt.slot.policy.grace, airing.heard,
                                airing.frames, airing.level, outcome.broken, attempt.late, attempt.clockStepped},
                               turn.manifest.thresholds);
    airing.result = verdict.result;
    airing.reason = verdict.reason;
    airing.detail = plain(outcome.detail);
    const bool ranToEnd = outcome.broken == MissReason::none && airing.frames > 0;
    const bool heard = verdict.result == AiringResult::aired || verdict.result == AiringResult::airedLate;
    if (!ranToEnd && !heard) postpone(turn, attempt.slot, verdict.reason, outcome.detail);
    const bool dropped = outcome.broken == MissReason::preempted && attempt.slot.policy.preempt == PreemptPolicy::drop;
    attempt.phase = Closing{std::move(airing), ranToEnd || heard || dropped, false};
}

Airing missed(const Turn& turn, const Slot& slot) {
    const auto why = whyLate(turn, slot);
    Airing airing = snapshot(slot, turn.manifest.revision, turn.facts);
    airing.result = why.reason == MissReason::preempted ? AiringResult::preempted : AiringResult::missed;
    airing.reason = why.reason;
    airing.detail = plain(why.detail);
    return airing;
}

Airing closeAfterRestart(Airing open, const Thresholds& thresholds) {
    if (open.heard && open.frames > 0)
        open.heard->end = std::max(open.heard->start + framesToLength(open.frames), open.heard->start);
    else
        open.heard.reset();
    const auto verdict = judge({open.planned, open.plannedFrames, Milliseconds{0}, open.heard, open.frames, open.level,
                                MissReason::restart, MissReason::restart, false},
                               thresholds);
    open.result = verdict.result;
    open.reason = verdict.reason;
    open.detail = "the player ended in the middle; figures of its last checkpoint";
    return open;
}

}  // namespace loa
