#pragma once
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "scheduler/domain/assignment.h"
#include "scheduler/domain/manifest.h"
#include "scheduler/domain/station.h"

namespace loa {

/// Time of day in a zone as people read it: "05:00", "05:00:30" where seconds matter.
using TimeText = std::function<std::string(Instant at, const std::string& zone)>;

struct Composition {
    std::vector<Slot> slots;          ///< ordered by start; none overlaps another
    std::vector<Rejection> rejected;  ///< ordered by start
};

/// What one station sounds in `window`: the slots that start in it, and those refused, each with its reason. A slot
/// lasts as long as its media. Of two that overlap the priority one stays; of one class, the one with the earlier
/// original start, then the lower event id. Codes: "overlap", "media-empty", "media-longer-than-slot". Assignments of
/// other stations are passed over. Hand in also those that start before the window, from a day earlier: what sounds
/// into the window takes its room there, and the answer then does not change as the window slides.
Composition composeManifest(const Station& station, Interval window, std::span<const Assignment> assignments,
                            const TimeText& timeText);

}  // namespace loa
