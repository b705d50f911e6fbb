#pragma once
#include <vector>

#include "scheduler/planning/campaign/fit.h"

namespace loa {

/// How much each minute of the day is liked as a start: most if it is used, then if it is near one, then if it is
/// round.
class LikedMinutes {
public:
    LikedMinutes();
    /// The campaign airs at this minute elsewhere: so it shall here, that one rule can say it.
    void use(int minute);
    bool isUsed(int minute) const;
    int of(int minute) const { return likes_[index(minute)]; }

private:
    static std::size_t index(int minute);
    std::vector<int> likes_;
};

/// The airings in this order, each at its minute: at least `gap` apart, and of all such choices the one that keeps most
/// of the minutes in `kept`, then is liked most, then is earliest. The dayparts of `row` are kept where rooms are
/// scarce. `row` is a possible choice, as arrange() gives it.
std::vector<Place> pleasingTimes(const CampaignDay& day, const std::vector<Milliseconds>& lengths,
                                 std::vector<Place> row, int gap, const std::vector<int>& kept,
                                 const LikedMinutes& liked);

}  // namespace loa
