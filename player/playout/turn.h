#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "player/playout/playout.h"

namespace loa {

/// One step while it is being taken: what it may change, and what it may look at. Internal to this folder.
struct Turn {
    Playout& playout;
    std::vector<Command>& commands;
    const Manifest& manifest;
    const Facts& facts;

    void give(Command command) const { commands.push_back(std::move(command)); }
};

/// How an attempt that had a `started` row came to its end.
struct Outcome {
    MissReason broken = MissReason::none;  ///< none: it ran to its end
    std::optional<Instant> until;          ///< when the last frame passed; unknown where loa-sound is gone
    std::string detail;
};

/// The part of an airing that the plan decides.
Airing snapshot(const Slot& slot, std::int64_t revision, const Facts& facts);

/// An attempt broke off: the next one has to wait a little longer each time.
void postpone(const Turn& turn, const Slot& slot, MissReason why, const std::string& detail);

/// When this player began to think.
Instant begunAt(const Turn& turn);

/// Whether it lies in quiet hours, which no plan may ask for.
bool isQuiet(const Turn& turn, const Slot& slot);

/// From Starting or OnAir to Closing, with the verdict.
void close(const Turn& turn, Attempt& attempt, const Outcome& outcome);

/// The row of a slot that is over and was never started.
Airing missed(const Turn& turn, const Slot& slot);

/// What wall time, the plan and the obstacles ask for now (advance.cpp).
void advance(const Turn& turn);

/// The wall clock was set: an attempt under way has other instants before it now.
void clockWasSet(const Turn& turn, Attempt& attempt);

/// Fades out what sounds and drops what waits. The attempt is over when loa-sound says so.
void stop(const Turn& turn, Attempt& attempt, MissReason why, const std::string& detail = "");

/// The same for every attempt that `isMeant`.
void stopWhere(const Turn& turn, MissReason why, const std::string& detail,
               const std::function<bool(const Attempt&)>& isMeant);

/// Nothing may sound of this slot any more, by its own policy.
bool tooLate(const Turn& turn, const Slot& slot);

/// What keeps this slot from being cued now; empty when nothing does.
std::optional<Difficulty> obstacle(const Turn& turn, const Slot& slot);

/// Remembers why a slot that is due does not sound.
void note(const Turn& turn, const Slot& slot, MissReason reason, const std::string& detail);

// --- orders (orders.cpp, order_air.cpp)

/// What orders ask for now: keeps those that came, settles those that are over, sounds the one that comes first.
void advanceOrders(const Turn& turn);

/// Takes in what happened to the order that is on its way. False when the input is about something else.
bool takeForOrder(const Turn& turn, const Input& input);

/// Begins to sound a held order: has it decoded.
void cueOrder(const Turn& turn, const Order& order);

/// What is decoded is started when nothing keeps it; then nothing else sounds.
void startOrder(const Turn& turn);

/// Fades out the order on its way. `over` is what becomes of it; empty: it begins again when it may.
void endOrder(const Turn& turn, std::optional<WriteOrderReport> over);

/// A report to be written; again by a later step until it is durable.
void report(const Turn& turn, const WriteOrderReport& written);

/// Why nothing of the plan may sound now, for technicians; empty: it may.
std::optional<std::string> ordersForbid(const Turn& turn);

/// Why a slot that nothing is known to stand in the way of was not started in time.
Difficulty whyLate(const Turn& turn, const Slot& slot);

}  // namespace loa
