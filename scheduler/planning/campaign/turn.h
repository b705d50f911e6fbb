#pragma once
#include <vector>

#include "scheduler/planning/campaign/fit.h"

namespace loa {

/// A day of one station, before it is settled what airs.
struct TurnDay {
    const DayRoom* room;
    std::vector<int> earlier;  ///< announcements of the earlier plan on that day, ordered by time
};

struct Turns {
    std::vector<std::vector<int>> days;  ///< what airs on each day, `most` each, in the order of the turn
    bool certain = true;                 ///< no choice has a smaller spread over announcements
};

/// Chooses what airs on each day so that the announcements' airings differ as little as can be; then so that as much as
/// can be of the earlier plan stays; then in turn: next is the one that aired least, of those the next in the order.
/// `counts` is what each has already. Exact where the spread reaches its bound or all choices can be looked through
/// (a few announcements, a few dozen days); else improved by exchanges, and `certain` says whether it is proven.
Turns takeTurns(const std::vector<TurnDay>& days, std::vector<int> counts, DayRooms& rooms);

/// The smallest spread of `total` airings over announcements that get at least `least` and at most `most` each.
int smallestSpread(std::vector<int> least, const std::vector<int>& most, int total);

}  // namespace loa
