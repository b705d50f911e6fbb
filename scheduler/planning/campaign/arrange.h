#pragma once
#include <algorithm>
#include <optional>
#include <vector>

#include "scheduler/planning/campaign/day.h"

namespace loa {

/// One airing of a day.
struct Place {
    int minute;
    int announcement;
    int daypart;
    auto operator<=>(const Place&) const = default;
};

/// How much searching is left, in steps of less than a microsecond. Announcements have many orders: one search ends
/// after `ofOne` steps and all together when nothing is left, so that planning ends in time whatever the lengths are.
struct Effort {
    static constexpr int ofOne = 1'000;
    int left = ofOne;
    bool certain = true;  ///< nothing was given up

    /// False when nothing was left.
    bool spend(int steps) {
        certain = certain && left > 0;
        const bool could = left > 0;
        left = std::max(0, left - steps);
        return could;
    }
};

/// As many airings of one length as fit at least `gap` minutes apart, at most `atMost`, each as early as possible: no
/// other way fits more, or the n-th earlier.
std::vector<Place> earliestPlaces(const CampaignDay& day, Milliseconds length, int gap, int atMost);

/// The items, each an announcement, one after the other as early as they fit at least `gap` minutes apart: where the
/// next of them does not fit, the next that does. Not all may find a place.
std::vector<Place> walk(const CampaignDay& day, const std::vector<Milliseconds>& lengths, std::vector<int> items,
                        int gap);

/// All the items placed at least `gap` minutes apart: in the order given where that is easy. None where they do not
/// fit, or where the effort ends.
std::optional<std::vector<Place>> arrange(const CampaignDay& day, const std::vector<Milliseconds>& lengths,
                                          const std::vector<int>& items, int gap, Effort& effort);

}  // namespace loa
