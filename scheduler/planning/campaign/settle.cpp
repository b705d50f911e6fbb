// From what airs on a day to when. Where whichever announcement fits, the starts are decided first, once for all days
// alike, and the announcements take them in turn; where lengths decide, order and starts are sought together. Pure.
#include "scheduler/planning/campaign/settle.h"

#include <algorithm>

namespace loa {
namespace {

std::vector<int> minutesIn(const std::vector<Place>& places) {
    std::vector<int> minutes;
    for (const Place& place : places) minutes.push_back(place.minute);
    return minutes;
}

std::vector<int> announcementsIn(const std::vector<Place>& places) {
    std::vector<int> announcements;
    for (const Place& place : places) announcements.push_back(place.announcement);
    return announcements;
}

bool sameItems(const std::vector<int>& left, const std::vector<int>& right) {
    return std::is_permutation(left.begin(), left.end(), right.begin(), right.end());
}

/// Who was at a minute before stays there; the others take the rest in their order.
std::vector<Place> seated(const std::vector<int>& minutes, std::vector<int> items, const std::vector<Place>& earlier) {
    std::vector<Place> places;
    for (const int minute : minutes) places.push_back({minute, -1, 0});
    for (Place& place : places)
        for (const Place& before : earlier) {
            const auto item = std::find(items.begin(), items.end(), before.announcement);
            if (place.announcement >= 0 || before.minute != place.minute || item == items.end()) continue;
            place.announcement = *item;
            items.erase(item);
        }
    auto item = items.begin();
    for (Place& place : places)
        if (place.announcement < 0) place.announcement = *item++;
    return places;
}

}  // namespace

void Settling::like(const std::vector<const DayRoom*>& days) {
    for (const DayRoom* room : days)
        if (room->any && room->most > 0)
            for (const int minute : usual(*room)) liked_.use(minute);
}

const std::vector<int>& Settling::usual(const DayRoom& room) {
    const auto [known, isNew] = usual_.try_emplace(&room);
    if (!isNew) return known->second;
    auto minutes = minutesOf(room, room.anyGap, {});
    if (std::none_of(minutes.begin(), minutes.end(), [&](int minute) { return liked_.isUsed(minute); }))
        minutes = minutesOf(room, widestGap(room.day, longest(room).length, room.anyGap, room.most), {});
    return known->second = std::move(minutes);
}

Settling::Longest Settling::longest(const DayRoom& room) const {
    const auto& lengths = rooms_.terms().lengths;
    Longest longest{0, Milliseconds{0}};
    for (std::size_t i = 0; i < lengths.size(); ++i)
        if (room.day.limits[i] > 0 && lengths[i] > longest.length) longest = {static_cast<int>(i), lengths[i]};
    return longest;
}

std::vector<int> Settling::minutesOf(const DayRoom& room, int gap, const std::vector<int>& kept) {
    const auto [announcement, length] = longest(room);
    auto row = earliestPlaces(room.day, length, gap, room.most);
    for (Place& place : row) place.announcement = announcement;
    return minutesIn(pleasingTimes(room.day, rooms_.terms().lengths, std::move(row), gap, kept, liked_));
}

std::vector<Place> Settling::settleByLength(const DayRoom& room, std::vector<int> items,
                                            const std::vector<Place>& earlier) {
    const auto& terms = rooms_.terms();
    if (sameItems(items, announcementsIn(earlier))) items = announcementsIn(earlier);
    const auto at = [&](int gap) {
        Effort effort;
        auto row = arrange(room.day, terms.lengths, items, gap, effort);
        return row ? pleasingTimes(room.day, terms.lengths, *std::move(row), gap, minutesIn(earlier), liked_)
                   : std::vector<Place>{};
    };
    std::vector<Place> places;
    for (int gap = room.bestGap; gap > room.anyGap && places.empty(); gap /= 2) places = at(gap);
    if (!places.empty() || room.any) return places;
    places = at(terms.gap);
    // In one of these orders they were found to fit.
    if (places.empty()) std::sort(items.begin(), items.end());
    if (places.empty()) places = at(terms.gap);
    if (places.empty())
        std::stable_sort(items.begin(), items.end(), [&](int left, int right) {
            return terms.lengths[static_cast<std::size_t>(left)] < terms.lengths[static_cast<std::size_t>(right)];
        });
    return places.empty() ? at(terms.gap) : places;
}

std::vector<Place> Settling::settle(const DayRoom& room, const std::vector<int>& items,
                                    const std::vector<Place>& earlier) {
    if (items.empty()) return {};
    auto places = choose(room, items, earlier);
    if (sameItems(items, announcementsIn(earlier)) && gapLevelOf(earlier) >= gapLevelOf(places) &&
        mayAir(room.day, rooms_.terms(), earlier))
        return earlier;
    return places;
}

std::vector<Place> Settling::choose(const DayRoom& room, const std::vector<int>& items,
                                    const std::vector<Place>& earlier) {
    if (!room.any) return settleByLength(room, items, earlier);
    if (room.bestGap > room.anyGap) {
        auto places = settleByLength(room, items, earlier);
        if (!places.empty()) return places;
    }
    if (earlier.empty()) return seated(usual(room), items, {});
    return seated(minutesOf(room, room.anyGap, minutesIn(earlier)), items, earlier);
}

}  // namespace loa
