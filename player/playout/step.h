#pragma once
#include <vector>

#include "player/playout/playout.h"
#include "scheduler/domain/media_item.h"

namespace loa {

/// From which the player counts as running. `facts` give the time; item numbers start at the milliseconds since boot,
/// so that two lives of the player never give one number twice.
Playout beginPlayout(const Facts& facts);

struct Step {
    Playout next;
    std::vector<Command> commands;
};

/// One thought: takes in what happened and gives what shall be done now, in order. Same arguments, same answer. The
/// caller carries out all commands, brings `facts` up to date, and only then gives the next input.
Step step(Playout playout, const Input& input, const Manifest& manifest, const Facts& facts);

/// When something next falls due by wall time; far in the future when nothing does. For the caller's timer.
Instant nextDue(const Manifest& manifest, const Facts& facts);

/// It is certainly not earlier than this: what is over by it is over, whatever the wall clock shows.
Instant certainNow(const Facts& facts);
/// The mute that holds now, by the newest order about it; null: there is none.
const Order* muteInForce(const Facts& facts);

/// The closing of a row that was started in an earlier life of the player: `open` holds what the last checkpoint knew.
Airing closeAfterRestart(Airing open, const Thresholds& thresholds);

/// How long decoding may take, at the pace of the slowest board.
constexpr Milliseconds decodingTime(const Slot& slot) {
    return framesToLength(slot.frames) / 10;
}
/// How long before its start an item is cued, and its `started` row written.
constexpr Milliseconds cueAhead(const Slot& slot) {
    return Milliseconds{10'000} + decodingTime(slot);
}
constexpr Milliseconds recordAhead{1'500};

}  // namespace loa
