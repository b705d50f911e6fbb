#pragma once
#include <optional>
#include <string>

#include "scheduler/domain/event.h"
#include "scheduler/domain/id.h"
#include "scheduler/domain/time.h"

namespace loa {

/// One instant an event falls on. One for each event and instant, not for each station.
struct Occurrence {
    EventId event;
    Instant original;  ///< where the rule put it (RECURRENCE-ID as an instant): with `event`, its name for ever
    Interval at;       ///< where it is now; differs from `original` where it was moved. Empty interval: a point in time
    std::string title;             ///< the event's, or the override's
    std::optional<Source> source;  ///< likewise
    bool operator==(const Occurrence&) const = default;
};

}  // namespace loa
