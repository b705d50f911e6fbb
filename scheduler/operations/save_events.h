#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "scheduler/domain/event.h"
#include "scheduler/domain/words.h"
#include "scheduler/operations/scheduler.h"
#include "scheduler/planning/clashes.h"
#include "scheduler/planning/closed_times.h"

namespace loa {

/// How far ahead occurrences are stored; a daily step goes on from there.
constexpr std::chrono::days occurrenceHorizon{400};

/// What fills in for events that name none.
struct ImportDefaults {
    std::optional<MediaId> media;
    std::optional<Target> target;
};

/// Something the planner should know; line 0 where it belongs to no line.
struct EventNotice {
    int line = 0;
    std::string code;  ///< kebab-case, stays the same for ever
    Words words;
};

/// An event as it was saved, with what it meets within the horizon.
struct SavedEvent {
    Event event;
    std::vector<Clash> clashes;
    std::vector<ClosedTimes> closed;
};

struct SavedEvents {
    std::vector<SavedEvent> events;
    std::vector<EventNotice> notices;
};

/// Whether a change is kept, or only made to see what it would bring about.
enum class Keep { yes, no };

/// Saves all events, or none, and says what each collides with. An event that is there is replaced when its SEQUENCE is
/// not older. Throws Error: invalid "unknown-target", "unknown-media", conflict "older-sequence".
/// `check` sees what is stored, behind the writer's guard and before anything is written, and throws to refuse.
std::vector<SavedEvent> saveEvents(
    Scheduler& scheduler, const std::vector<Event>& events, Keep keep,
    const std::function<void(ReadTransaction& transaction)>& check = [](ReadTransaction&) {});

/// Reads, checks and saves all events of an iCalendar text, or none. Throws Error: what scheduler/calendar refuses, and
/// as saveEvents.
SavedEvents importEvents(Scheduler& scheduler, const std::string& icalendar, const ImportDefaults& defaults,
                         Keep keep = Keep::yes);

/// The same for the one event `id`. `expectedTag`, where given, must be eventTag() of what is stored: else
/// Error(changed).
SavedEvents replaceEvent(Scheduler& scheduler, const EventId& id, const std::string& icalendar,
                         const std::optional<std::string>& expectedTag, Keep keep = Keep::yes);

/// Throws Error(notFound).
void removeEvent(Scheduler& scheduler, const EventId& id);

/// Changes exactly when the event does.
std::string eventTag(const Event& event);

/// Throws Error(changed) unless the tag, where given, is that of `stored`.
void requireTag(const std::optional<Event>& stored, const std::optional<std::string>& expectedTag);

/// Stores the occurrences that have come within the horizon since they were last expanded. An event that cannot be
/// expanded stops no other: what is wrong with each comes back, for the log.
std::vector<std::string> extendOccurrences(Scheduler& scheduler);

}  // namespace loa
