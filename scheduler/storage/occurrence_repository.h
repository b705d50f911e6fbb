#pragma once
#include <vector>

#include "scheduler/domain/occurrence.h"
#include "scheduler/storage/transaction.h"

namespace loa {

/// One occurrence beside one of another event; intervals are those of the sound, as long as the media.
struct MetOccurrence {
    Instant original;
    Interval at;
    EventId other;
    Instant otherOriginal;
    Interval otherAt;
};

/// Read side of the stored occurrences; EventRepository::saveOccurrences writes them. An occurrence belongs to a window
/// when it overlaps it; one that is a point in time, when it lies in it. Ordered by start, event, original.
struct OccurrenceRepository {
    static std::vector<Occurrence> between(ReadTransaction& transaction, Interval window);
    static std::vector<Occurrence> ofEvent(ReadTransaction& transaction, const EventId& event, Interval window);
    /// Each occurrence of the event from `since` on beside each of another event that sounds while it sounds, wherever
    /// that is. `longest` is that of any media. Ordered by start.
    static std::vector<MetOccurrence> meeting(ReadTransaction& transaction, const EventId& event, Instant since,
                                              Milliseconds longest);
    /// Of events aimed at the station or at an area above it.
    static std::vector<Occurrence> forStation(ReadTransaction& transaction, const StationId& station, Interval window);
};

}  // namespace loa
