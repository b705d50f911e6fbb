// Takes in one input and then lets the hour speak (advance.cpp). Runs on the agent's thread; knows no clock and does
// nothing itself. An input about an item that is no longer there is old news and ignored.
#include "player/playout/step.h"

#include <algorithm>

#include "player/playout/turn.h"

namespace loa {
namespace {

constexpr Milliseconds checkpointEach{5'000};
constexpr Milliseconds stopLimit{5'000};
constexpr Milliseconds writeRetry{1'000};
constexpr Milliseconds soundLimit{5'000};  ///< how much later than wall time asks an answer may come
constexpr int decodeFaultLimit = 2;

template <class P>
P* phaseOf(Attempt* attempt) {
    return attempt ? std::get_if<P>(&attempt->phase) : nullptr;
}

Attempt* find(const Turn& turn, ItemNumber item) {
    for (auto& attempt : turn.playout.attempts)
        if (attempt.item == item) return &attempt;
    return nullptr;
}

void erase(const Turn& turn, ItemNumber item) {
    std::erase_if(turn.playout.attempts, [&](const Attempt& attempt) { return attempt.item == item; });
}

/// Until when, since boot, a slot's end may take to be heard of.
Milliseconds endDeadline(const Turn& turn, const Slot& slot) {
    return turn.facts.sinceBoot + std::max(slot.at.end - turn.facts.now, Milliseconds{0}) + soundLimit;
}

/// The same of its first frame. Without an output there may be none until the end.
Milliseconds startDeadline(const Turn& turn, const Slot& slot) {
    if (!turn.playout.outputReady) return endDeadline(turn, slot);
    return turn.facts.sinceBoot + std::max(slot.at.start - turn.facts.now, Milliseconds{0}) + soundLimit;
}

/// loa-sound could not decode it, or died of it. Twice in a row, and no station should try a third time.
void blame(const Turn& turn, const Attempt& attempt, MissReason why, const std::string& detail) {
    postpone(turn, attempt.slot, why, detail);
    if (++turn.playout.decodeFaults[attempt.slot.media] >= decodeFaultLimit)
        turn.give(Quarantine{attempt.slot.media, why});
}

bool isOverdue(const Turn& turn, const Attempt& attempt) {
    return std::visit(
        [&](const auto& phase) {
            if constexpr (requires { phase.deadline; })
                return turn.facts.sinceBoot >= phase.deadline;
            else
                return false;
        },
        attempt.phase);
}

bool soundsOrWill(const Attempt& attempt) {
    return std::holds_alternative<Writing>(attempt.phase) || std::holds_alternative<Starting>(attempt.phase) ||
           std::holds_alternative<OnAir>(attempt.phase);
}

/// Only now: after a time in which the player itself stood still, the answers it waits for are read before the Tick.
/// A decoding that hangs is no reason to break off what is on air: loa-sound is dropped after it.
void handle(const Turn& turn, const Tick&) {
    auto& playout = turn.playout;
    if (!playout.soundLink) return;
    std::optional<ItemNumber> hanging;
    for (const auto& attempt : playout.attempts) {
        if (!isOverdue(turn, attempt)) continue;
        if (!std::holds_alternative<Cueing>(attempt.phase))
            return turn.give(DropSound{"no answer about item " + std::to_string(attempt.item)});
        hanging = attempt.item;
    }
    if (hanging) {
        blame(turn, *find(turn, *hanging), MissReason::mediaDamaged, "loa-sound hung while decoding it");
        erase(turn, *hanging);
        playout.decodingHangs = true;
    }
    if (playout.decodingHangs && std::none_of(playout.attempts.begin(), playout.attempts.end(), soundsOrWill))
        turn.give(DropSound{"no answer about a file to decode"});
}

void handle(const Turn& turn, const SoundUp&) {
    turn.playout.soundLink = true;
    turn.playout.decodingHangs = false;
    turn.playout.outputReady = false;
    turn.playout.outputDetail = "opening";
}

void handle(const Turn& turn, const SoundDown& input) {
    // What was lost first is the reason: loa-sound ends itself when its output hangs.
    const auto broken = turn.playout.outputReady ? MissReason::soundLost : MissReason::deviceLost;
    turn.playout.soundLink = false;
    turn.playout.decodingHangs = false;
    turn.playout.outputReady = false;
    turn.playout.outputDetail = input.why;
    std::vector<ItemNumber> gone;
    for (auto& attempt : turn.playout.attempts) {
        if (std::holds_alternative<Cueing>(attempt.phase)) {
            blame(turn, attempt, MissReason::mediaDamaged, "loa-sound was lost while decoding it: " + input.why);
            gone.push_back(attempt.item);
        } else if (std::holds_alternative<Armed>(attempt.phase)) {
            gone.push_back(attempt.item);
        } else {
            close(turn, attempt, {attempt.stopped.value_or(broken), {}, input.why});
        }
    }
    for (const auto item : gone) erase(turn, item);
}

void handle(const Turn& turn, const OutputChanged& input) {
    const bool changed = input.ready != turn.playout.outputReady;
    turn.playout.outputReady = input.ready;
    turn.playout.outputDetail = input.detail;
    if (!changed) return;
    // Without an output an item waits in silence until its end; with one again its frames must move again.
    for (auto& attempt : turn.playout.attempts) {
        if (auto* air = phaseOf<OnAir>(&attempt)) air->advanced = turn.facts.sinceBoot;
        if (auto* starting = phaseOf<Starting>(&attempt); starting && !attempt.stopped)
            starting->deadline = startDeadline(turn, attempt.slot);
    }
}

void handle(const Turn& turn, const SoundCued& input) {
    auto* attempt = find(turn, input.item);
    if (!phaseOf<Cueing>(attempt)) return;
    attempt->phase = Armed{};
    turn.playout.decodeFaults.erase(attempt->slot.media);
}

void handle(const Turn& turn, const SoundRefused& input) {
    auto* attempt = find(turn, input.item);
    if (!phaseOf<Cueing>(attempt)) return;
    if (input.why == MissReason::soundLost)
        postpone(turn, attempt->slot, input.why, "loa-sound: " + input.detail);
    else
        blame(turn, *attempt, input.why, "loa-sound: " + input.detail);
    erase(turn, input.item);
}

void handle(const Turn& turn, const MediaUnusable& input) {
    auto* attempt = find(turn, input.item);
    if (!phaseOf<Cueing>(attempt)) return;
    postpone(turn, attempt->slot, MissReason::mediaDamaged, input.detail);
    erase(turn, input.item);
}

void handle(const Turn& turn, const StartedWritten& input) {
    auto* attempt = find(turn, input.item);
    if (!phaseOf<Writing>(attempt)) return;
    attempt->phase = Starting{input.id, startDeadline(turn, attempt->slot)};
    if (turn.playout.soundLink)
        turn.give(StartSound{attempt->item, attempt->slot.at.start + turn.manifest.trim, attempt->slot.gainDb});
    else
        close(turn, *attempt, {MissReason::soundLost, {}, turn.playout.outputDetail});
}

void handle(const Turn& turn, const SoundBegan& input) {
    auto* attempt = find(turn, input.item);
    const auto* starting = phaseOf<Starting>(attempt);
    if (!starting) return;
    const auto deadline = attempt->stopped ? starting->deadline : endDeadline(turn, attempt->slot);
    // When that was since boot, as near as one can tell: no step of the clock lies between.
    const auto ago = std::clamp(turn.facts.now - input.since, Milliseconds{0}, soundLimit);
    OnAir air;
    air.id = starting->id;
    air.deadline = deadline;
    air.since = input.since;
    air.startErrorMicroseconds = input.startErrorMicroseconds;
    air.begun = turn.facts.sinceBoot - ago;
    air.clockTrust = turn.facts.clockTrust;
    air.advanced = turn.facts.sinceBoot;
    attempt->phase = std::move(air);
}

void handle(const Turn& turn, const SoundProgressed& input) {
    auto* attempt = find(turn, input.item);
    auto* air = phaseOf<OnAir>(attempt);
    if (!air) return;
    if (input.frames > air->frames) air->advanced = turn.facts.sinceBoot;
    air->frames = std::max(air->frames, input.frames);
    air->level = input.level;
    if (air->checkpointed && turn.facts.sinceBoot - *air->checkpointed < checkpointEach) return;
    air->checkpointed = turn.facts.sinceBoot;
    turn.give(WriteCheckpoint{air->id, air->since, air->startErrorMicroseconds, air->frames, air->level, air->begun,
                              air->clockTrust});
}

void handle(const Turn& turn, const SoundEnded& input) {
    auto* attempt = find(turn, input.item);
    if (!attempt) return;
    if (std::holds_alternative<Cueing>(attempt->phase) || std::holds_alternative<Armed>(attempt->phase)) {
        erase(turn, input.item);  // it dropped what it had decoded; the next step cues again
        return;
    }
    if (auto* air = phaseOf<OnAir>(attempt)) {
        air->frames = input.frames;
        air->level = input.level;
    }
    const auto cause = input.cause == SoundEnded::Cause::finished     ? MissReason::none
                       : input.cause == SoundEnded::Cause::outputLost ? MissReason::deviceLost
                                                                      : MissReason::soundLost;
    close(turn, *attempt,
          {cause == MissReason::none ? cause : attempt->stopped.value_or(cause), input.until,
           input.detail.empty() ? attempt->stoppedFor : input.detail});
}

void handle(const Turn& turn, const EndedWritten& input) {
    if (phaseOf<Closing>(find(turn, input.item))) erase(turn, input.item);
}

void handle(const Turn& turn, const WriteFailed& input) {
    turn.playout.writesFrom = turn.facts.sinceBoot + writeRetry;
    auto* attempt = find(turn, input.item);
    if (phaseOf<Writing>(attempt)) attempt->phase = Armed{};
    if (auto* closing = phaseOf<Closing>(attempt)) closing->asked = false;
}

void handle(const Turn& turn, const Shutdown&) {
    turn.playout.shuttingDown = true;
    stopWhere(turn, MissReason::restart, "", [](const Attempt&) { return true; });
    endOrder(turn, std::nullopt);
}

/// Nothing yet: what orders ask for is done at the end of every step.
void handle(const Turn& turn, const OrderCame& input) {
    turn.playout.cameOrders.push_back(input);
}

void handle(const Turn& turn, const OrderKept& input) {
    std::erase_if(turn.playout.cameOrders, [&](const OrderCame& came) { return came.order.id == input.order; });
}

}  // namespace

void stopWhere(const Turn& turn, MissReason why, const std::string& detail,
               const std::function<bool(const Attempt&)>& isMeant) {
    std::vector<ItemNumber> items;
    for (const auto& attempt : turn.playout.attempts)
        if (isMeant(attempt)) items.push_back(attempt.item);
    for (const auto item : items) stop(turn, *find(turn, item), why, detail);
}

void stop(const Turn& turn, Attempt& attempt, MissReason why, const std::string& detail) {
    if (attempt.stopped || std::holds_alternative<Writing>(attempt.phase) ||
        std::holds_alternative<Closing>(attempt.phase))
        return;
    const ItemNumber item = attempt.item;
    turn.give(StopSound{item});
    attempt.stopped = why;
    attempt.stoppedFor = detail;
    if (auto* starting = phaseOf<Starting>(&attempt))
        starting->deadline = turn.facts.sinceBoot + stopLimit;
    else if (auto* air = phaseOf<OnAir>(&attempt))
        air->deadline = turn.facts.sinceBoot + stopLimit;
    else
        erase(turn, item);  // no row was begun, so nothing has to be said about it
}

void clockWasSet(const Turn& turn, Attempt& attempt) {
    auto* starting = phaseOf<Starting>(&attempt);
    auto* air = phaseOf<OnAir>(&attempt);
    if (!starting && !air) return;
    attempt.clockStepped = true;
    if (attempt.stopped) return;
    // Set back to before it: it is over, and begins anew when its time comes.
    if (turn.facts.now < attempt.slot.at.start - recordAhead) return stop(turn, attempt, MissReason::clockStep);
    if (starting) starting->deadline = startDeadline(turn, attempt.slot);
    if (air) air->deadline = endDeadline(turn, attempt.slot);
}

Playout beginPlayout(const Facts& facts) {
    Playout playout;
    playout.nextItem = facts.sinceBoot.count() + 1;
    playout.since = facts.sinceBoot;
    playout.wallMinusBoot = facts.now.time_since_epoch() - facts.sinceBoot;
    playout.outputDetail = "loa-sound has not been reached yet";
    return playout;
}

Step step(Playout playout, const Input& input, const Manifest& manifest, const Facts& facts) {
    Step result{std::move(playout), {}};
    const Turn turn{result.next, result.commands, manifest, facts};
    if (!takeForOrder(turn, input)) std::visit([&](const auto& event) { handle(turn, event); }, input);
    advance(turn);
    return result;
}

}  // namespace loa
