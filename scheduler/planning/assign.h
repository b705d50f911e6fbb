#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "scheduler/domain/area.h"
#include "scheduler/domain/assignment.h"
#include "scheduler/domain/event.h"
#include "scheduler/domain/media_item.h"
#include "scheduler/domain/occurrence.h"
#include "scheduler/domain/station.h"

namespace loa {

/// The civil day an instant falls on in a zone (scheduler/calendar knows zones).
using DayOf = std::function<Day(Instant at, const std::string& zone)>;
/// What is known of a media item; empty when it is not there or was removed.
using FindMedia = std::function<std::optional<MediaItem>(const MediaId& media)>;

struct Assigned {
    std::vector<Assignment> assignments;
    std::vector<Rejection> rejected;
};

/// Puts each occurrence of one event at each station the event is aimed at, once, however many of its targets reach it.
/// `stations` and `areas` are all the office has: a target not among them is unknown. Rejected, with codes:
/// "no-target", "unknown-target" (both with an empty station where there is none), "no-source", "no-media",
/// "station-not-valid", "area-not-valid" (the day of the start in the station's zone decides). Ordered by occurrence,
/// then station.
Assigned assign(std::span<const Occurrence> occurrences, const Event& event, std::span<const Station> stations,
                std::span<const Area> areas, const FindMedia& findMedia, const DayOf& dayOf);

}  // namespace loa
