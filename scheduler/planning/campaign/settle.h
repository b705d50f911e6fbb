#pragma once
#include <map>
#include <vector>

#include "scheduler/planning/campaign/fit.h"
#include "scheduler/planning/campaign/times.h"

namespace loa {

/// Decides when a day's airings start: as far apart as they can be, then keeping what was, then at liked minutes.
class Settling {
public:
    explicit Settling(DayRooms& rooms) : rooms_{rooms} {}

    /// The campaign airs at this minute elsewhere.
    void like(int minute) { liked_.use(minute); }
    /// Decides for the days, the most frequent first, so that others can follow them.
    void like(const std::vector<const DayRoom*>& days);

    /// The items, in turn, each with its start; ordered by time.
    std::vector<Place> settle(const DayRoom& room, const std::vector<int>& items, const std::vector<Place>& earlier);

private:
    std::vector<Place> choose(const DayRoom& room, const std::vector<int>& items, const std::vector<Place>& earlier);
    struct Longest {
        int announcement;
        Milliseconds length;
    };
    Longest longest(const DayRoom& room) const;
    /// Where nothing is to be kept: at minutes that are used elsewhere; where none can be, as far apart as can be.
    const std::vector<int>& usual(const DayRoom& room);
    std::vector<int> minutesOf(const DayRoom& room, int gap, const std::vector<int>& kept);
    std::vector<Place> settleByLength(const DayRoom& room, std::vector<int> items, const std::vector<Place>& earlier);

    DayRooms& rooms_;
    LikedMinutes liked_;
    std::map<const DayRoom*, std::vector<int>> usual_;
};

}  // namespace loa
