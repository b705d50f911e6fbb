// The way of one order to the air: decoded, an attention signal, its own sound as often as it asks for; after anything
// that breaks it off it begins again from the signal, as long as it is valid. Knows no wall time. Pure.
#include "player/playout/judge.h"
#include "player/playout/step.h"
#include "player/playout/turn.h"

namespace loa {
namespace {

using Stage = OrderAir::Stage;

constexpr Milliseconds answerLimit{5'000};
constexpr Milliseconds cueLimit{12'000};  ///< beside the decoding; loa-sound answers 2 s earlier
constexpr Milliseconds signalLimit{10'000};
constexpr Milliseconds pauseBetween{1'000};
constexpr Milliseconds restAfterFailure{500};
constexpr int decodeFaultLimit = 2;

void cueNext(const Turn& turn, OrderAir& air) {
    const auto& sound = *air.order.sound;
    air.stage = Stage::cueing;
    air.item = turn.playout.nextItem++;
    air.frames = 0;
    air.deadline = turn.facts.sinceBoot + cueLimit + framesToLength(sound.frames) / 10;
    turn.give(CueSound{air.item, sound.media, sound.frames});
}

void startMessage(const Turn& turn, OrderAir& air) {
    air.stage = Stage::message;
    air.advanced = turn.facts.sinceBoot;
    air.deadline = turn.facts.sinceBoot + framesToLength(air.order.sound->frames) + answerLimit;
    turn.give(SoundNow{air.item});
}

/// It is off the air. What is not over begins again a little later.
void leave(const Turn& turn) {
    auto air = std::move(*turn.playout.order);
    turn.playout.order.reset();
    if (air.over) {
        air.over->report.at = turn.facts.now;
        air.over->report.frames = air.passed + air.frames;
        report(turn, *air.over);
    } else if (air.stage != Stage::ending) {
        turn.playout.ordersFrom = turn.facts.sinceBoot + restAfterFailure;
    }
}

/// loa-sound could not decode it, or died of it. Twice in a row, and no station should try a third time.
void blame(const Turn& turn, const OrderAir& air, MissReason why) {
    const auto& media = air.order.sound->media;
    if (++turn.playout.decodeFaults[media] >= decodeFaultLimit) turn.give(Quarantine{media, why});
}

void soundedOnce(const Turn& turn, OrderAir& air, const SoundEnded& input) {
    air.passed += input.frames;
    air.frames = 0;
    air.heard = air.heard || !isSilent(input.level, turn.manifest.thresholds);
    if (++air.times < air.order.repeats) {
        air.startFrom = turn.facts.sinceBoot + pauseBetween;
        return cueNext(turn, air);
    }
    air.over = air.heard ? WriteOrderReport{{air.order.id, OrderProgress::sounded, {}, 0, ""}, true}
                         : WriteOrderReport{{air.order.id,
                                             OrderProgress::refused,
                                             {},
                                             0,
                                             "its frames passed, but nothing could be heard: is the output muted?"},
                                            true};
    leave(turn);
}

bool take(const Turn& turn, OrderAir& air, const SoundCued& input) {
    if (input.item != air.item || air.stage != Stage::cueing) return false;
    turn.playout.decodeFaults.erase(air.order.sound->media);
    air.stage = Stage::ready;
    return true;
}

bool take(const Turn& turn, OrderAir& air, const SoundRefused& input) {
    if (input.item != air.item) return false;
    if (input.why != MissReason::soundLost) blame(turn, air, input.why);
    leave(turn);
    return true;
}

bool take(const Turn& turn, OrderAir& air, const MediaUnusable& input) {
    if (input.item != air.item) return false;
    leave(turn);
    return true;
}

bool take(const Turn& turn, OrderAir& air, const SoundBegan& input) {
    if (input.item != air.item && input.item != air.signal) return false;
    air.advanced = turn.facts.sinceBoot;
    report(turn, {{air.order.id, OrderProgress::sounding, input.since, 0, ""}, false});
    return true;
}

bool take(const Turn& turn, OrderAir& air, const SoundProgressed& input) {
    if (input.item == air.signal) return true;
    if (input.item != air.item) return false;
    if (input.frames > air.frames) air.advanced = turn.facts.sinceBoot;
    air.frames = input.frames;
    return true;
}

bool take(const Turn& turn, OrderAir& air, const SoundEnded& input) {
    if (input.item != air.item && input.item != air.signal) return false;
    const bool whole = input.cause == SoundEnded::Cause::finished;
    if (air.stage == Stage::signal && input.item == air.signal && whole) {
        startMessage(turn, air);
    } else if (air.stage == Stage::message && input.item == air.item && whole) {
        soundedOnce(turn, air, input);
    } else if (input.item == air.item || air.stage == Stage::signal || air.stage == Stage::ending) {
        if (input.item == air.item) air.frames = input.frames;
        leave(turn);
    }
    return true;
}

/// An answer that should have come long ago. What happened is for the step as well.
bool take(const Turn& turn, OrderAir& air, const Tick&) {
    const bool waits = air.stage != Stage::ready && turn.facts.sinceBoot >= air.deadline;
    if (waits && turn.playout.soundLink)
        turn.give(DropSound{"no answer about order " + std::to_string(air.order.number)});
    return false;
}

bool take(const Turn& turn, OrderAir& air, const SoundDown&) {
    if (air.stage == Stage::cueing) blame(turn, air, MissReason::mediaDamaged);
    leave(turn);
    return false;
}

template <class Other>
bool take(const Turn&, OrderAir&, const Other&) {
    return false;
}

}  // namespace

bool takeForOrder(const Turn& turn, const Input& input) {
    if (!turn.playout.order) return false;
    return std::visit([&](const auto& event) { return take(turn, *turn.playout.order, event); }, input);
}

void cueOrder(const Turn& turn, const Order& order) {
    turn.playout.order.emplace();
    turn.playout.order->order = order;
    cueNext(turn, *turn.playout.order);
}

void startOrder(const Turn& turn) {
    auto& air = turn.playout.order;
    if (!air || air->stage != Stage::ready || !turn.playout.outputReady || turn.facts.sinceBoot < air->startFrom)
        return;
    stopWhere(turn, MissReason::preempted, ordersForbid(turn).value_or(""), [](const Attempt&) { return true; });
    if (air->signal != 0) return startMessage(turn, *air);
    air->signal = turn.playout.nextItem++;
    air->stage = Stage::signal;
    air->advanced = turn.facts.sinceBoot;
    air->deadline = turn.facts.sinceBoot + signalLimit;
    turn.give(SoundSignal{air->signal});
}

void endOrder(const Turn& turn, std::optional<WriteOrderReport> over) {
    auto& air = turn.playout.order;
    if (!air) return;
    const bool wasEnding = air->stage == Stage::ending;
    if (over) air->over = std::move(over);
    if (wasEnding) return;
    turn.give(StopSound{air->item});
    const bool audible = air->stage == Stage::signal || air->stage == Stage::message;
    if (air->stage == Stage::signal) turn.give(StopSound{air->signal});
    air->stage = Stage::ending;
    air->deadline = turn.facts.sinceBoot + answerLimit;
    if (!audible) leave(turn);
}

}  // namespace loa
