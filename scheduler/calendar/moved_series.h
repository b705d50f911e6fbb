#pragma once
#include <optional>
#include <string>
#include <vector>

#include "scheduler/calendar/components.h"
#include "scheduler/calendar/zones.h"

namespace loa {

/// VEVENTs of one series, the master first, and the originals about which something was said that no longer are.
struct MovedSeries {
    std::vector<Component> events;
    std::vector<Instant> lost;  ///< ascending
};

/// The series with another DTSTART, another rule (empty text: none) or both. Exclusions, overrides and station
/// overrides go with their occurrences by wall time; what a person moved elsewhere stays there. A weekly rule turns
/// with its start where no rule is given, UNTIL goes with the occurrences, COUNT stays, RDATEs at the series' time of
/// day go along. Throws Error (invalid, line 0): "start-not-in-rule", "all-day-start", or what a rule is refused with.
MovedSeries moveSeries(const std::vector<Component>& events, std::optional<LocalTime> start,
                       const std::optional<std::string>& rule);

}  // namespace loa
