// The plan as it was published beside what stations say they sounded. Folds all attempts at a slot into one line;
// believes only frames that passed and never more than were planned. Pure: same airings in any order, same lines.
#include "scheduler/planning/reconcile.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

namespace loa {
namespace {

using SlotKey = std::pair<StationId, SlotId>;
using Attempts = std::vector<const Airing*>;

/// The attempts at each slot, each once, in the order they sounded; those that did not sound come last.
std::map<SlotKey, Attempts> attemptsBySlot(std::span<const Airing> airings) {
    std::map<AiringId, const Airing*> once;
    for (const Airing& airing : airings) once.emplace(airing.id, &airing);
    std::map<SlotKey, Attempts> bySlot;
    for (const auto& [id, airing] : once) bySlot[{id.station, airing->slot}].push_back(airing);
    const auto heardAt = [](const Airing* airing) { return airing->heard ? airing->heard->start : Instant::max(); };
    for (auto& [key, attempts] : bySlot)
        std::stable_sort(attempts.begin(), attempts.end(),
                         [&](const Airing* left, const Airing* right) { return heardAt(left) < heardAt(right); });
    return bySlot;
}

bool sounded(const Airing& airing) {
    return airing.heard.has_value() && airing.frames > 0;
}

bool audible(const Airing& airing) {
    return sounded(airing) && airing.result != AiringResult::silent;
}

AsRunResult asRunResult(AiringResult result) {
    return static_cast<AsRunResult>(result);
}
static_assert(static_cast<int>(AsRunResult::missed) == static_cast<int>(AiringResult::missed));

/// How all the frames that could be heard are called when they are enough.
AsRunResult byStart(Instant start, const Slot& slot, const Thresholds& thresholds) {
    const Milliseconds off = start - slot.at.start;
    if (std::chrono::abs(off) <= thresholds.startTolerance) return AsRunResult::aired;
    return off > Milliseconds{0} && off <= slot.policy.grace ? AsRunResult::airedLate : AsRunResult::partial;
}

/// Silent where frames passed; where none did, a pre-emption explains more than what was missed after it.
AsRunResult inaudible(const Attempts& attempts) {
    if (std::any_of(attempts.begin(), attempts.end(), [](const Airing* airing) { return sounded(*airing); }))
        return AsRunResult::silent;
    const bool gaveWay = std::any_of(attempts.begin(), attempts.end(),
                                     [](const Airing* airing) { return airing->result == AiringResult::preempted; });
    return gaveWay ? AsRunResult::preempted : AsRunResult::missed;
}

/// What counts of the attempts at a slot: the audible ones; where none was, those that at least sounded. Time heard
/// twice counts once.
struct Counted {
    const Airing* first = nullptr;
    const Airing* longest = nullptr;
    std::int64_t frames = 0;  ///< never more than planned
    int parts = 0;
};

Counted counted(const Attempts& attempts, std::int64_t plannedFrames) {
    const bool anyAudible =
        std::any_of(attempts.begin(), attempts.end(), [](const Airing* airing) { return audible(*airing); });
    Counted all;
    std::optional<Instant> until;
    for (const Airing* airing : attempts) {
        if (anyAudible ? !audible(*airing) : !sounded(*airing)) continue;
        const Milliseconds twice =
            std::max(Milliseconds{0}, until.value_or(airing->heard->start) - airing->heard->start);
        const auto once = std::min(airing->frames, plannedFrames) - twice.count() * frameRate / 1000;
        all.frames = std::min(plannedFrames, all.frames + std::max<std::int64_t>(0, once));
        until = std::max(until.value_or(airing->heard->end), airing->heard->end);
        ++all.parts;
        if (!all.first) all.first = airing;
        if (!all.longest || airing->frames > all.longest->frames) all.longest = airing;
    }
    return all;
}

AsRunResult judge(const Attempts& attempts, const Counted& all, const Slot& slot, const Thresholds& thresholds) {
    AiringResult claimed = AiringResult::missed;  // the best of what they say
    for (const Airing* airing : attempts)
        if (audible(*airing)) claimed = std::min(claimed, airing->result);
    if (!all.first || !audible(*all.first)) return inaudible(attempts);
    const bool enough = static_cast<double>(all.frames) >= thresholds.heardShare * static_cast<double>(slot.frames);
    if (enough && (all.parts > 1 || claimed <= AiringResult::airedLate))
        return byStart(all.first->heard->start, slot, thresholds);
    return std::max(asRunResult(claimed), AsRunResult::partial);
}

/// Of the attempt that went worst; of several, the first. An airing that counts as aired needs no excuse.
MissReason worstReason(const Attempts& attempts, AsRunResult result) {
    if (result == AsRunResult::aired) return MissReason::none;
    const Airing* worst = nullptr;
    for (const Airing* airing : attempts)
        if (airing->reason != MissReason::none && (!worst || airing->result > worst->result)) worst = airing;
    return worst ? worst->reason : MissReason::none;
}

/// What the worst of the clocks says of the times of a line.
void addClock(AsRun& line, const Attempts& attempts) {
    for (const Airing* airing : attempts) {
        if (airing->clockTrust)
            line.clockTrust = std::min(line.clockTrust.value_or(*airing->clockTrust), *airing->clockTrust);
        line.rebased = line.rebased || airing->rebased;
    }
}

AsRun lineFor(const StationId& station, const Slot& slot, const Attempts& attempts, const Thresholds& thresholds) {
    AsRun line;
    line.station = station;
    line.slot = slot.id;
    line.event = slot.event;
    line.title = slot.title;
    line.media = slot.media;
    line.planned = slot.at;
    line.plannedFrames = slot.frames;
    if (attempts.empty()) return line;
    const Counted all = counted(attempts, slot.frames);
    line.attempts = static_cast<int>(attempts.size());
    line.frames = all.frames;
    if (all.first) {
        line.start = all.first->heard->start;
        line.startErrorMicroseconds = all.first->startErrorMicroseconds;
        line.level = all.longest->level;
    }
    line.result = judge(attempts, all, slot, thresholds);
    line.reason = worstReason(attempts, line.result);
    addClock(line, attempts);
    return line;
}

/// A slot nobody knows, from the snapshot in its airings.
Slot slotFrom(const Attempts& attempts) {
    const Airing& newest =
        **std::max_element(attempts.begin(), attempts.end(), [](const Airing* left, const Airing* right) {
            return std::pair{left->revision, left->id} < std::pair{right->revision, right->id};
        });
    Slot slot;
    slot.id = newest.slot;
    slot.event = eventOf(newest.slot);
    slot.title = newest.title;
    slot.at = newest.planned;
    slot.media = newest.media;
    slot.frames = newest.plannedFrames;
    return slot;
}

bool withdrawnBeforeItsStart(const PublishedSlot& published) {
    return published.withdrawn && *published.withdrawn <= published.slot.at.start;
}

}  // namespace

std::vector<AsRun> reconcile(std::span<const PublishedSlot> slots, std::span<const Airing> airings, Instant now,
                             Milliseconds reportDeadline, const Thresholds& thresholds) {
    auto bySlot = attemptsBySlot(airings);
    std::vector<AsRun> lines;
    for (const PublishedSlot& published : slots) {
        const auto node = bySlot.extract(SlotKey{published.station, published.slot.id});
        const Attempts attempts = node ? node.mapped() : Attempts{};
        AsRun line = lineFor(published.station, published.slot, attempts, thresholds);
        line.overdue = attempts.empty() && now >= published.slot.at.end + reportDeadline;
        line.unplanned = withdrawnBeforeItsStart(published);
        if (!line.unplanned || line.frames > 0) lines.push_back(std::move(line));
    }
    for (const auto& [key, attempts] : bySlot) {
        lines.push_back(lineFor(key.first, slotFrom(attempts), attempts, thresholds));
        lines.back().unplanned = true;
    }
    std::sort(lines.begin(), lines.end(), [](const AsRun& left, const AsRun& right) {
        return std::tie(left.station, left.planned.start, left.slot) <
               std::tie(right.station, right.planned.start, right.slot);
    });
    return lines;
}

}  // namespace loa
