// What was found out of a day is kept, since a campaign meets the same day again and again. Pure but for that.
#include <algorithm>

#include "scheduler/planning/campaign/fit.h"

namespace loa {

const DayRoom& DayRooms::of(const CampaignDay& day) {
    const auto known = rooms_.find(day);
    if (known != rooms_.end()) return known->second;
    return rooms_.emplace(day, lookInto(day, terms_, effort_)).first->second;
}

bool DayRooms::fit(const DayRoom& room, std::vector<int> items) {
    if (items.size() > static_cast<std::size_t>(room.most)) return false;
    std::sort(items.begin(), items.end());
    for (const int item : items)
        if (std::count(items.begin(), items.end(), item) > room.day.limits[static_cast<std::size_t>(item)])
            return false;
    if (room.any) return true;
    if (effort_.left == 0) return effort_.certain = false;
    const auto [known, isNew] = fits_.try_emplace({&room, items}, false);
    if (isNew) known->second = arrange(room.day, terms_.lengths, items, terms_.gap, effort_).has_value();
    return known->second;
}

std::optional<int> DayRooms::soonestLastStart(const CampaignDay& day, int count) {
    const auto [known, isNew] = lastStarts_.try_emplace({&of(day), count}, std::nullopt);
    if (!isNew) return known->second;
    const auto items =
        shortest(day, terms_.lengths, std::vector<int>(terms_.lengths.size(), 0), static_cast<std::size_t>(count));
    if (items.size() < static_cast<std::size_t>(count)) return std::nullopt;
    const auto fitsUntil = [&](int latest) {
        auto cut = day;
        cut.latest = std::min(cut.latest, latest);
        return arrange(cut, terms_.lengths, items, terms_.gap, effort_).has_value();
    };
    int tooEarly = day.earliest - 1;
    int late = day.latest;
    if (!fitsUntil(late)) return std::nullopt;
    while (late - tooEarly > 1) {
        const int middle = tooEarly + (late - tooEarly) / 2;
        (fitsUntil(middle) ? late : tooEarly) = middle;
    }
    return known->second = late;
}

}  // namespace loa
