// The proof by looking everywhere: day after day all totals that can be reached, each with the cheapest way there. Only
// what the announcements have in sum matters for the days to come, so few dozen days of few announcements stay small.
#include "scheduler/planning/campaign/choices.h"

#include <algorithm>
#include <map>

namespace loa {
namespace {

/// Totals looked at, over all days; more would take longer than a tenth of a second.
constexpr std::size_t lookLimit = 100'000;

using Items = std::vector<int>;
using Counts = std::vector<int>;

struct Reached {
    std::size_t lost;      ///< airings of the earlier plan
    const Counts* before;  ///< totals of the day before
    const Items* items;
};

std::size_t lost(Items earlier, const Items& items) {
    for (const int item : items) {
        const auto found = std::find(earlier.begin(), earlier.end(), item);
        if (found != earlier.end()) earlier.erase(found);
    }
    return earlier.size();
}

/// All that may air together, `most` of them; ascending. Gives up, with false, when they are too many.
bool collect(const DayRoom& room, DayRooms& rooms, Items& items, int from, std::vector<Items>& all) {
    if (!rooms.effort().spend(1) || all.size() > 2'000) return false;
    if (items.size() == static_cast<std::size_t>(room.most)) {
        if (rooms.fit(room, items)) all.push_back(items);
        return true;
    }
    for (int next = from; next < static_cast<int>(room.day.limits.size()); ++next) {
        if (std::count(items.begin(), items.end(), next) >= room.day.limits[static_cast<std::size_t>(next)]) continue;
        items.push_back(next);
        const bool done = collect(room, rooms, items, next, all);
        items.pop_back();
        if (!done) return false;
    }
    return true;
}

int spreadOf(const Counts& counts) {
    const auto ends = std::minmax_element(counts.begin(), counts.end());
    return *ends.second - *ends.first;
}

using Layer = std::map<Counts, Reached>;

Layer nextLayer(const Layer& layer, const Items& earlier, const std::vector<Items>& choices) {
    Layer next;
    for (const Items& items : choices) {
        const std::size_t cost = lost(earlier, items);
        for (const auto& [counts, way] : layer) {
            auto sum = counts;
            for (const int item : items) ++sum[static_cast<std::size_t>(item)];
            const Reached now{way.lost + cost, &counts, &items};
            const auto [there, isNew] = next.try_emplace(std::move(sum), now);
            if (!isNew && now.lost < there->second.lost) there->second = now;
        }
    }
    return next;
}

}  // namespace

std::optional<std::vector<Items>> fairestChoices(const std::vector<TurnDay>& days, Counts counts, DayRooms& rooms) {
    std::map<const DayRoom*, std::vector<Items>> choices;
    std::vector<Layer> layers(1);
    layers[0].emplace(std::move(counts), Reached{0, nullptr, nullptr});
    std::size_t looks = 0;
    for (const TurnDay& day : days) {
        const auto [own, isNew] = choices.try_emplace(day.room);
        Items none;
        if (isNew && !collect(*day.room, rooms, none, 0, own->second)) return std::nullopt;
        looks += layers.back().size() * own->second.size();
        if (looks > lookLimit || own->second.empty()) return std::nullopt;
        layers.push_back(nextLayer(layers.back(), day.earlier, own->second));
    }
    const auto fairest =
        std::min_element(layers.back().begin(), layers.back().end(), [](const auto& left, const auto& right) {
            return std::pair{spreadOf(left.first), left.second.lost} <
                   std::pair{spreadOf(right.first), right.second.lost};
        });
    std::vector<Items> chosen(days.size());
    const Reached* way = &fairest->second;
    for (std::size_t day = days.size(); day-- > 0;) {
        chosen[day] = *way->items;
        way = &layers[day].at(*way->before);
    }
    return chosen;
}

}  // namespace loa
