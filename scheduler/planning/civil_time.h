#pragma once
#include <chrono>
#include <functional>
#include <string>

#include "scheduler/domain/time.h"

namespace loa {

// What planning is handed of zones (scheduler/calendar knows them).

/// The civil day an instant falls on in a zone.
using DayOf = std::function<Day(Instant at, const std::string& zone)>;
/// The instant at which a wall clock of the zone shows a time.
using InstantOf = std::function<Instant(std::chrono::local_seconds time, const std::string& zone)>;
/// Time of day in a zone as people read it: "05:00", "05:00:30" where seconds matter.
using TimeText = std::function<std::string(Instant at, const std::string& zone)>;

struct CivilTime {
    DayOf dayOf;
    InstantOf instantOf;
    TimeText timeText;
};

}  // namespace loa
