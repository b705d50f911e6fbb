#pragma once
#include <optional>
#include <string>
#include <vector>

#include "scheduler/domain/event.h"
#include "scheduler/domain/words.h"
#include "scheduler/operations/scheduler.h"

namespace loa {

/// How far ahead occurrences are stored; a nightly step goes on from there.
constexpr std::chrono::days occurrenceHorizon{400};

/// What fills in for events that name none.
struct ImportDefaults {
    std::optional<MediaId> media;
    std::optional<Target> target;
};

/// Something the importer should know; line 0 where it belongs to no line.
struct ImportNotice {
    int line = 0;
    Words words;
};

struct Imported {
    std::vector<Event> events;
    std::vector<ImportNotice> notices;
};

/// Reads, checks and saves all events of an iCalendar text, or none; then publishes. An event whose UID is known is
/// replaced when its SEQUENCE is not older. Throws Error: what scheduler/calendar refuses; invalid "unknown-target",
/// "unknown-media"; conflict "older-sequence".
Imported importEvents(Scheduler& scheduler, const std::string& icalendar, const ImportDefaults& defaults);

/// The same for the one event `id`. `expectedTag`, where given, must be eventTag() of what is stored: else
/// Error(conflict).
Imported replaceEvent(Scheduler& scheduler, const EventId& id, const std::string& icalendar,
                      const std::optional<std::string>& expectedTag);

/// Throws Error(notFound).
void removeEvent(Scheduler& scheduler, const EventId& id);

/// Changes exactly when the event does.
std::string eventTag(const Event& event);

/// Stores the occurrences that have come within the horizon since they were last expanded.
void extendOccurrences(Scheduler& scheduler);

}  // namespace loa
