#pragma once
#include <optional>
#include <vector>

#include "scheduler/planning/campaign/turn.h"

namespace loa {

/// Looks through all choices of what airs on each day: the smallest spread over announcements, then the fewest airings
/// of the earlier plan lost. None where there are too many choices.
std::optional<std::vector<std::vector<int>>> fairestChoices(const std::vector<TurnDay>& days, std::vector<int> counts,
                                                            DayRooms& rooms);

}  // namespace loa
