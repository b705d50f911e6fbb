#pragma once
#include "scheduler/calendar/edit_event.h"
#include "scheduler/calendar/moved_series.h"
#include "scheduler/calendar/originals.h"

namespace loa {

/// The pieces of which edit_event.cpp and split_event.cpp are made. VEVENTs of one series, the master first.
using SeriesEvents = std::vector<Component>;

/// The occurrence of the series at `original`. Throws Error (notFound, "no-such-occurrence") where there is none, or it
/// is dropped.
Original occurrenceOf(const Series& series, Instant original);

/// The override of an original, RANGE or not; nullptr where there is none.
Component* findOverride(SeriesEvents& events, Instant original, bool andFuture);

/// The series as `change` says. `leading`, where given, is the original of a THISANDFUTURE override that speaks for the
/// first occurrence concerned: it changes with the master, and the start given is its.
MovedSeries changeSeries(SeriesEvents events, const EventChange& change, std::optional<Instant> leading);

/// `event` with these VEVENTs, as an import would read them: itself where nothing changed; with the next SEQUENCE where
/// more changed than words.
Event finished(const Event& event, SeriesEvents events);

}  // namespace loa
