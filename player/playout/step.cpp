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

/// Milliseconds since boot until which `attempt` may take to reach its end.
Milliseconds endDeadline(const Turn& turn, const Slot& slot) {
    return turn.facts.sinceBoot + std::max(slot.at.end - turn.facts.now, Milliseconds{0}) + soundLimit;
}

/// loa-sound could not decode it, or died of it. Twice in a row, and no station should try a third time.
void blame(const Turn& turn, const Attempt& attempt, MissReason why, const std::string& detail) {
    postpone(turn, attempt.slot, why, detail);
    if (++turn.playout.decodeFaults[attempt.slot.media] >= decodeFaultLimit)
        turn.give(Quarantine{attempt.slot.media, why});
}

/// Only now: after a time in which the player itself stood still, the answers it waits for are read before the Tick.
void handle(const Turn& turn, const Tick&) {
    for (const auto& attempt : turn.playout.attempts) {
        const bool late = std::visit(
            [&](const auto& phase) {
                if constexpr (requires { phase.deadline; })
                    return turn.facts.sinceBoot >= phase.deadline;
                else
                    return false;
            },
            attempt.phase);
        if (!late || !turn.playout.soundLink) continue;
        turn.give(DropSound{"no answer about item " + std::to_string(attempt.item)});
        return;
    }
}

void handle(const Turn& turn, const SoundUp&) {
    turn.playout.soundLink = true;
    turn.playout.outputReady = false;
    turn.playout.outputDetail = "opening";
}

void handle(const Turn& turn, const SoundDown& input) {
    turn.playout.soundLink = false;
    turn.playout.outputReady = false;
    turn.playout.outputDetail = input.why;
    std::vector<ItemNumber> gone;
    for (auto& attempt : turn.playout.attempts) {
        if (std::holds_alternative<Cueing>(attempt.phase)) {
            blame(turn, attempt, MissReason::mediaDamaged, "loa-sound was lost while decoding it: " + input.why);
            gone.push_back(attempt.item);
        } else if (std::holds_alternative<Decoded>(attempt.phase)) {
            gone.push_back(attempt.item);
        } else {
            close(turn, attempt, {attempt.stopped.value_or(MissReason::soundLost), {}, input.why});
        }
    }
    for (const auto item : gone) erase(turn, item);
}

void handle(const Turn& turn, const OutputChanged& input) {
    turn.playout.outputReady = input.ready;
    turn.playout.outputDetail = input.detail;
}

void handle(const Turn& turn, const SoundCued& input) {
    auto* attempt = find(turn, input.item);
    if (!phaseOf<Cueing>(attempt)) return;
    attempt->phase = Decoded{};
    turn.playout.decodeFaults.erase(attempt->slot.media);
}

void handle(const Turn& turn, const SoundRefused& input) {
    auto* attempt = find(turn, input.item);
    if (!phaseOf<Cueing>(attempt)) return;
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
    if (!phaseOf<Recording>(attempt)) return;
    const auto untilStart = std::max(attempt->slot.at.start - turn.facts.now, Milliseconds{0});
    attempt->phase = Starting{input.id, turn.facts.sinceBoot + untilStart + soundLimit};
    if (turn.playout.soundLink)
        turn.give(StartSound{attempt->item, attempt->slot.at.start});
    else
        close(turn, *attempt, {MissReason::soundLost, {}, turn.playout.outputDetail});
}

void handle(const Turn& turn, const SoundBegan& input) {
    auto* attempt = find(turn, input.item);
    const auto* starting = phaseOf<Starting>(attempt);
    if (!starting) return;
    const auto deadline = attempt->stopped ? starting->deadline : endDeadline(turn, attempt->slot);
    attempt->phase = OnAir{starting->id,         deadline,    input.since, input.startErrorMicroseconds, 0, {},
                           turn.facts.sinceBoot, std::nullopt};
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
    turn.give(WriteCheckpoint{air->id, air->since, air->startErrorMicroseconds, air->frames, air->level});
}

void handle(const Turn& turn, const SoundEnded& input) {
    auto* attempt = find(turn, input.item);
    if (!attempt) return;
    if (std::holds_alternative<Cueing>(attempt->phase) || std::holds_alternative<Decoded>(attempt->phase)) {
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
          {cause == MissReason::none ? cause : attempt->stopped.value_or(cause), input.until, input.detail});
}

void handle(const Turn& turn, const EndedWritten& input) {
    if (phaseOf<Closing>(find(turn, input.item))) erase(turn, input.item);
}

void handle(const Turn& turn, const WriteFailed& input) {
    turn.playout.writesFrom = turn.facts.sinceBoot + writeRetry;
    auto* attempt = find(turn, input.item);
    if (phaseOf<Recording>(attempt)) attempt->phase = Decoded{};
    if (auto* closing = phaseOf<Closing>(attempt)) closing->asked = false;
}

void handle(const Turn& turn, const Shutdown&) {
    turn.playout.shuttingDown = true;
    std::vector<ItemNumber> items;
    for (const auto& attempt : turn.playout.attempts) items.push_back(attempt.item);
    for (const auto item : items) stop(turn, *find(turn, item), MissReason::restart);
}

}  // namespace

void stop(const Turn& turn, Attempt& attempt, MissReason why) {
    if (attempt.stopped || std::holds_alternative<Recording>(attempt.phase) ||
        std::holds_alternative<Closing>(attempt.phase))
        return;
    const ItemNumber item = attempt.item;
    turn.give(StopSound{item});
    attempt.stopped = why;
    if (auto* starting = phaseOf<Starting>(&attempt))
        starting->deadline = turn.facts.sinceBoot + stopLimit;
    else if (auto* air = phaseOf<OnAir>(&attempt))
        air->deadline = turn.facts.sinceBoot + stopLimit;
    else
        erase(turn, item);  // no row was begun, so nothing has to be said about it
}

Playout beginPlayout(const Facts& facts) {
    Playout playout;
    playout.nextItem = facts.sinceBoot.count() + 1;
    playout.since = facts.now;
    playout.wallMinusBoot = facts.now.time_since_epoch() - facts.sinceBoot;
    playout.outputDetail = "loa-sound has not been reached yet";
    return playout;
}

Step step(Playout playout, const Input& input, const Manifest& manifest, const Facts& facts) {
    Step result{std::move(playout), {}};
    const Turn turn{result.next, result.commands, manifest, facts};
    std::visit([&](const auto& event) { handle(turn, event); }, input);
    advance(turn);
    return result;
}

}  // namespace loa
