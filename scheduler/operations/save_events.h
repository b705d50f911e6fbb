#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "scheduler/domain/error.h"
#include "scheduler/domain/event.h"
#include "scheduler/operations/scheduler.h"
#include "scheduler/planning/clashes.h"
#include "scheduler/planning/closed_times.h"

namespace loa {

/// How far ahead occurrences are stored; a daily step goes on from there.
constexpr std::chrono::days occurrenceHorizon{400};

/// An event as it was saved, with what it meets within the horizon.
struct SavedEvent {
    Event event;
    std::vector<Clash> clashes;
    std::vector<ClosedTimes> closed;
};

/// Throws Error(invalid, "beyond-horizon") where what starts before `end` is not all known yet.
void requireWithinHorizon(const Scheduler& scheduler, Instant end);

/// Whether a change is kept, or only made to see what it would bring about.
enum class Keep { yes, no };

/// What else is done in the transaction of a save, behind the writer's guard; a throw refuses the whole.
using DoneAlong = std::function<void(WriteTransaction& transaction)>;

/// Saves all events, or none, and says what each collides with. An event that is there is replaced when its SEQUENCE is
/// not older. Throws Error: invalid "unknown-target", "unknown-media", "quiet-hours" where no
/// station may sound at one of its new times; conflict "older-sequence"; what the actor does not see is refused as what
/// is not there, and what is not theirs as forbidden. `before` sees what is stored before any of them is written;
/// `after` sees them written, and what it takes away collides with nothing.
std::vector<SavedEvent> saveEvents(
    Scheduler& scheduler, const std::vector<Event>& events, Keep keep, const DoneAlong& before = [](auto&) {},
    const DoneAlong& after = [](auto&) {});

/// What saveEvents would refuse this event for, were it alone.
std::optional<Error> refusalOf(ReadTransaction& transaction, const Scheduler& scheduler, const Event& event);

/// Takes an event out of the plan as a part of something else; nothing where it is not there.
void takeOut(WriteTransaction& transaction, const Scheduler& scheduler, const EventId& id);

/// Throws Error: notFound; forbidden where a part of it is not the actor's.
void removeEvent(Scheduler& scheduler, const EventId& id);

/// Changes exactly when the event does.
std::string eventTag(const Event& event);

/// What somebody wants to change is no longer what they read.
Error changedMeanwhile();

/// Throws Error(changed) unless the tag, where given, is that of `stored`.
void requireTag(const std::optional<Event>& stored, const std::optional<std::string>& expectedTag);

/// Stores the occurrences that have come within the horizon since they were last expanded. An event that cannot be
/// expanded stops no other: what is wrong with each comes back, for the log.
std::vector<std::string> extendOccurrences(Scheduler& scheduler);

}  // namespace loa
