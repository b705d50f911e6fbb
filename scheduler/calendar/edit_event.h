#pragma once
#include <optional>
#include <string>
#include <vector>

#include "scheduler/calendar/write_events.h"

namespace loa {

/// What a planner changes about a series, or about it from one occurrence on. What is empty stays.
struct EventChange {
    std::optional<std::string> title;             ///< not blank
    std::optional<std::optional<Source>> source;  ///< holds an empty one: nothing to sound any more
    std::optional<MessageClass> messageClass;     ///< a policy that nobody chose follows it
    std::optional<std::vector<Target>> targets;
    std::optional<AirPolicy> policy;
    std::optional<LocalTime> start;          ///< of the first occurrence concerned, in the event's zone
    std::optional<Milliseconds> duration;    ///< more than 0; rounded up to whole seconds
    std::optional<std::string> rule;         ///< an RRULE value; empty text: once
    std::optional<std::string> description;  ///< empty text: none
    bool operator==(const EventChange&) const = default;
};

/// What a planner changes about one occurrence at all stations. What is empty stays.
struct OccurrenceChange {
    std::optional<std::string> title;  ///< not blank
    std::optional<Source> source;
    std::optional<Instant> start;          ///< moved there; cut to whole seconds
    std::optional<Milliseconds> duration;  ///< more than 0; rounded up to whole seconds
    bool operator==(const OccurrenceChange&) const = default;
};

/// An event after an edit. `lost` are the originals, as they were, about which something was said (dropped, changed,
/// otherwise at a station) and that are no occurrence any more: the planner is to be told.
struct Edited {
    Event event;
    std::vector<Instant> lost;
};

/// A series in two: what lies before, under its old id, and what follows, under a new one.
struct Split {
    Event before;
    std::optional<Event> following;  ///< empty where nothing lay before: then `before` is the whole, changed
    std::vector<Instant> lost;
};

/// What all of these hold to: exclusions, overrides and station overrides go with their occurrences by wall time;
/// SEQUENCE goes up when the edit changes when or what sounds, and an edit that changes nothing gives the same event;
/// the result is checked as an import is. They throw Error (invalid, line 0) as readEvents and makeEvent do, for a
/// start "start-not-in-rule", "all-day-start" or "start-of-extra", and (notFound) "no-such-occurrence" where `original`
/// is not one, or is dropped. Pure; any thread.

/// The whole series. Overrides that had the old title, description, length or facts get the new ones.
Edited changeAll(const Event& event, const EventChange& change);

/// One occurrence, as a RECURRENCE-ID; what was changed about it before stays but for this.
Event changeOccurrence(const Event& event, Instant original, const OccurrenceChange& change);

/// One occurrence away, at all stations: an EXDATE; its override and station overrides go.
Event dropOccurrence(const Event& event, Instant original);

/// One occurrence as the series has it, whether it was dropped or changed. Station overrides stay.
Event restoreOccurrence(const Event& event, Instant original);

/// One occurrence at one station; in place of what that station had for it.
Event changeAtStation(const Event& event, const StationOverride& change);

/// One occurrence at one station as at all others.
Event restoreAtStation(const Event& event, Instant original, const StationId& station);

/// "This and following": `change` holds from `original` on, under `newId`. COUNT is shared out; what was said about an
/// occurrence goes to the part it lies in.
Split splitFrom(const Event& event, Instant original, const EventChange& change, const EventId& newId);

/// The event as a planner would fill it in: the master's first occurrence, its rule, exclusions and words.
EventDraft draftOf(const Event& event);

}  // namespace loa
