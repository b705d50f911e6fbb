#pragma once
#include <string>
#include <vector>

#include "scheduler/domain/id.h"
#include "scheduler/storage/transaction.h"

namespace loa {

/// Which calendar an event was last imported from, by the name the importer gives that calendar.
struct EventOriginRepository {
    /// Ordered by id.
    static std::vector<EventId> eventsOf(ReadTransaction& transaction, const std::string& origin);
    /// The event must be there; in place of the origin it had.
    static void save(WriteTransaction& transaction, const EventId& event, const std::string& origin);
};

}  // namespace loa
