#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "scheduler/domain/event.h"
#include "scheduler/storage/database.h"

namespace loa {

/// One announcement that is about to air.
struct UpcomingAiring {
    Instant start;
    EventId event;
    std::string title;
    std::size_t stations = 0;  ///< that are to sound it then
    bool operator==(const UpcomingAiring&) const = default;
};

/// What stations will be told to sound from `now` on, as far as what is stored knows: approved, and with its airtime.
/// By start, then event.
std::vector<UpcomingAiring> upcomingAirings(Database& database, Instant now, Milliseconds length);

}  // namespace loa
