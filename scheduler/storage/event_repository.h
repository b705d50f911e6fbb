#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "scheduler/domain/event.h"
#include "scheduler/domain/occurrence.h"
#include "scheduler/domain/review.h"
#include "scheduler/storage/transaction.h"

namespace loa {

/// An event with what the office knows about its row.
struct StoredEvent {
    Event event;
    Instant created{};
    Instant updated{};
    std::int64_t planVersion = 0;          ///< PlanVersion at which it was last saved
    std::optional<Instant> expandedUntil;  ///< occurrences that start before this are stored; empty: never expanded
    DraftState state = DraftState::draft;  ///< how far it has come to the air
    bool operator==(const StoredEvent&) const = default;
};

struct EventRepository {
    static std::optional<StoredEvent> find(ReadTransaction& transaction, const EventId& id);
    /// StoredEvent::planVersion alone, without reading the rest.
    static std::optional<std::int64_t> planVersion(ReadTransaction& transaction, const EventId& id);
    /// Ordered by id.
    static std::vector<StoredEvent> all(ReadTransaction& transaction);
    static std::vector<StoredEvent> ofCampaign(ReadTransaction& transaction, const CampaignId& campaign);
    /// Those whose occurrences are stored to before `instant` or not at all: what the nightly extension works on.
    static std::vector<StoredEvent> expandedBefore(ReadTransaction& transaction, Instant instant);
    /// Adds or replaces the event, its targets and station overrides. Its occurrences stay as they are.
    static void save(WriteTransaction& transaction, const Event& event, Instant now);
    /// Replaces the event's stored occurrences that start at or after window.start; earlier ones stay as history.
    /// window.end becomes expandedUntil. All must be of this event and begin before window.end.
    static void saveOccurrences(WriteTransaction& transaction, const EventId& event,
                                std::span<const Occurrence> occurrences, Interval window);
    /// Its plan version is a new one: something that decides whether it sounds has changed.
    static void noteChange(WriteTransaction& transaction, const EventId& id);
    /// Removes it with targets and occurrences. Returns false when it is not there.
    static bool remove(WriteTransaction& transaction, const EventId& id);
};

}  // namespace loa
