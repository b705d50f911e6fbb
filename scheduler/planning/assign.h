#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "scheduler/domain/assignment.h"
#include "scheduler/domain/event.h"
#include "scheduler/domain/media_item.h"
#include "scheduler/domain/occurrence.h"
#include "scheduler/planning/civil_time.h"
#include "scheduler/planning/places.h"
#include "scheduler/planning/refusal.h"

namespace loa {

/// What is known of a media item; empty when it is not there or was removed.
using FindMedia = std::function<std::optional<MediaItem>(const MediaId& media)>;

struct Assigned {
    std::vector<Assignment> assignments;
    std::vector<Rejection> rejected;
};

/// Puts each occurrence of one event at each station the event is aimed at, once, however many of its targets reach it.
/// Rejected, with codes: "no-target", "unknown-target" (both with an empty station where there is none), "no-source",
/// "no-media", "station-not-valid", "area-not-valid" (the day of the start in the station's zone decides). What a
/// station does differently is done here: dropped there, moved there, other media there. Ordered by occurrence, then
/// station.
Assigned assign(std::span<const Occurrence> occurrences, const Event& event, const Places& places,
                const FindMedia& findMedia, const DayOf& dayOf);

/// The same at one station alone; `aim` is the event's.
Assigned assignAt(const StationId& station, std::span<const Occurrence> occurrences, const Event& event, const Aim& aim,
                  const Places& places, const FindMedia& findMedia, const DayOf& dayOf);

/// Why nothing can sound at the station on that day; empty when it can: one valid way is enough.
std::optional<Refusal> notValid(const ReachedStation& reached, Day day);

}  // namespace loa
