#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "scheduler/calendar/edit_event.h"
#include "scheduler/operations/save_events.h"

namespace loa {

/// "All": the whole series.
struct EditAll {
    EventChange change;
};
/// "This and following": from one occurrence on, which becomes an event of its own.
struct EditFollowing {
    Instant original;
    EventChange change;
};
/// "This one": one occurrence at all stations, or at one.
struct EditOccurrence {
    Instant original;
    OccurrenceChange change;
};
struct EditAtStation {
    StationOverride change;
};
struct DropOccurrence {
    Instant original;
};
/// As the series has it again: at all stations, or at one.
struct RestoreOccurrence {
    Instant original;
    std::optional<StationId> station;
};
using EventEdit =
    std::variant<EditAll, EditFollowing, EditOccurrence, EditAtStation, DropOccurrence, RestoreOccurrence>;

struct EditedEvents {
    std::vector<SavedEvent> events;  ///< the edited one first, then the one that follows it, if any
    std::vector<Instant> lost;       ///< exclusions and overrides whose occurrence is no longer there
};

/// Edits an event and saves it, or shows what saving would bring about. Throws Error: notFound; changed when
/// `expectedTag` is given and not the event's; what scheduler/calendar/edit_event.h and saveEvents throw.
EditedEvents editEvent(Scheduler& scheduler, const EventId& id, const EventEdit& edit,
                       const std::optional<std::string>& expectedTag, Keep keep);

/// Makes an event out of what a planner filled in; without an id it gets one. Throws what makeEvent and saveEvents
/// throw, and Error(conflict, "event-exists").
SavedEvent createEvent(Scheduler& scheduler, EventDraft draft, Keep keep);

}  // namespace loa
