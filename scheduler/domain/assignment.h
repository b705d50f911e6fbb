#pragma once
#include <optional>

#include "scheduler/domain/event.h"
#include "scheduler/domain/media_item.h"
#include "scheduler/domain/occurrence.h"
#include "scheduler/domain/words.h"

namespace loa {

/// One occurrence at one station, with everything that decides what its slot looks like.
struct Assignment {
    Occurrence occurrence;
    StationId station;
    MessageClass messageClass = MessageClass::normal;
    AirPolicy policy;
    MediaItem media;
    bool fromAbove = false;  ///< planned for more than the station's own area, by whoever is above it
    bool operator==(const Assignment&) const = default;
};

/// A slot that was refused, and why. Nothing is dropped in silence.
struct Rejection {
    StationId station;
    EventId event;
    Instant original;  ///< of the occurrence
    Interval at;
    std::string title;
    std::string code;  ///< kebab-case, stays the same for ever: "overlap", "no-media", "station-not-valid"
    Words reason;
    bool operator==(const Rejection&) const = default;
};

}  // namespace loa
