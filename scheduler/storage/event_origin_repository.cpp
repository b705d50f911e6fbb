// Where events were imported from. It changes nothing that airs, so the plan's version stays.
#include "scheduler/storage/event_origin_repository.h"

#include "scheduler/storage/statement.h"

namespace loa {

std::vector<EventId> EventOriginRepository::eventsOf(ReadTransaction& transaction, const std::string& origin) {
    return each<EventId>(
        select<EventId>(transaction, "SELECT event FROM event_origin WHERE origin = $1 ORDER BY event", origin),
        [](auto event) { return event; });
}

void EventOriginRepository::save(WriteTransaction& transaction, const EventId& event, const std::string& origin) {
    execute(transaction,
            "INSERT INTO event_origin (event, origin) VALUES ($1, $2) "
            "ON CONFLICT (event) DO UPDATE SET origin = excluded.origin",
            event, origin);
}

}  // namespace loa
