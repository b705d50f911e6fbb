#pragma once
#include <vector>

#include "scheduler/domain/occurrence.h"
#include "scheduler/storage/transaction.h"

namespace loa {

/// Read side of the stored occurrences; EventRepository::saveOccurrences writes them. An occurrence belongs to a window
/// when it overlaps it; one that is a point in time, when it lies in it. Ordered by start, event, original.
struct OccurrenceRepository {
    static std::vector<Occurrence> between(ReadTransaction& transaction, Interval window);
    static std::vector<Occurrence> ofEvent(ReadTransaction& transaction, const EventId& event, Interval window);
    /// Each occurrence of the event from `since` on beside each of another event that begins less than `before` earlier
    /// or less than `after` later: whether they meet is for who knows how long they sound. Ordered by start.
    static std::vector<std::pair<Occurrence, Occurrence>> near(ReadTransaction& transaction, const EventId& event,
                                                               Instant since, Milliseconds before, Milliseconds after);
    /// Of events aimed at the station or at an area above it.
    static std::vector<Occurrence> forStation(ReadTransaction& transaction, const StationId& station, Interval window);
};

}  // namespace loa
