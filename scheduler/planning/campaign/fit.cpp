// What fits into one day: how many airings, and how far apart. Nearly always all announcements fit wherever the longest
// does, and one pass over the day is the proof. Pure.
#include "scheduler/planning/campaign/fit.h"

#include <algorithm>
#include <numeric>

namespace loa {
namespace {

std::size_t index(int value) {
    return static_cast<std::size_t>(value);
}

/// The shortest gap of the highest level at which so many fit; the campaign's own where that is wider.
int bestLevel(const CampaignDay& day, Milliseconds length, int gap, int count) {
    const auto widest = std::chrono::minutes{widestGap(day, length, gap, count)};
    return std::max(gap, static_cast<int>(shortestGap(gapLevel(widest)).count()));
}

}  // namespace

std::vector<int> shortest(const CampaignDay& day, const std::vector<Milliseconds>& lengths, std::vector<int> taken,
                          std::size_t count) {
    std::vector<int> order(lengths.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](int left, int right) { return lengths[index(left)] < lengths[index(right)]; });
    std::vector<int> items;
    for (const int announcement : order)
        for (; items.size() < count && taken[index(announcement)] < day.limits[index(announcement)];
             ++taken[index(announcement)])
            items.push_back(announcement);
    return items;
}

bool mayAir(const CampaignDay& day, const CampaignTerms& terms, const std::vector<Place>& places) {
    auto left = day.rooms;
    int minute = day.earliest;
    for (const Place& place : places) {
        const Milliseconds length = terms.lengths[index(place.announcement)];
        const auto stretch = std::find_if(day.stretches.begin(), day.stretches.end(), [&](const FreeStretch& each) {
            const auto starts = startsIn(each, length, day);
            return starts.first <= place.minute && place.minute <= starts.last;
        });
        if (stretch == day.stretches.end() || place.minute < minute) return false;
        Milliseconds& room = left[index(stretch->daypart)];
        room -= length;
        if (room < Milliseconds{0}) return false;
        minute = place.minute + minutesFrom(length, terms.gap);
    }
    return true;
}

int gapLevelOf(const std::vector<Place>& places) {
    int smallest = places.size() < 2 ? 0 : places[1].minute - places[0].minute;
    for (std::size_t i = 2; i < places.size(); ++i)
        smallest = std::min(smallest, places[i].minute - places[i - 1].minute);
    return gapLevel(std::chrono::minutes{smallest});
}

int widestGap(const CampaignDay& day, Milliseconds length, int gap, int count) {
    if (count < 2) return gap;
    constexpr int quarter = 15;
    int fits = gap / quarter;
    int tooWide = 24 * 60 / quarter + 1;
    while (tooWide - fits > 1) {
        const int middle = (fits + tooWide) / 2;
        const auto places = earliestPlaces(day, length, std::max(gap, middle * quarter), count);
        (places.size() == index(count) ? fits : tooWide) = middle;
    }
    return std::max(gap, fits * quarter);
}

namespace {

/// How many of the items, the shortest first, fit together.
int mostOf(const CampaignDay& day, const CampaignTerms& terms, std::vector<int> items, Effort& effort) {
    const Milliseconds least = terms.lengths[index(items.front())];
    const auto bound = earliestPlaces(day, least, terms.gap, static_cast<int>(items.size())).size();
    items.resize(bound);
    const auto fits = [&](std::size_t count) {
        return arrange(day, terms.lengths, {items.begin(), items.begin() + static_cast<std::ptrdiff_t>(count)},
                       terms.gap, effort)
            .has_value();
    };
    auto most = walk(day, terms.lengths, items, terms.gap).size();
    while (most > 0 && !fits(most)) --most;
    while (most < bound && fits(most + 1)) ++most;
    return static_cast<int>(most);
}

}  // namespace

DayRoom lookInto(CampaignDay day, const CampaignTerms& terms, Effort& effort) {
    DayRoom room;
    room.day = std::move(day);
    std::vector<int> nobody(terms.lengths.size(), 0);
    auto items = shortest(room.day, terms.lengths, nobody, index(room.day.asked));
    if (items.empty()) return room;
    Milliseconds longest{0};
    for (std::size_t i = 0; i < terms.lengths.size(); ++i)
        if (room.day.limits[i] > 0) longest = std::max(longest, terms.lengths[i]);
    const Milliseconds least = terms.lengths[index(items.front())];
    room.most = mostOf(room.day, terms, items, effort);
    const auto most = index(room.most);
    room.any = earliestPlaces(room.day, longest, terms.gap, room.most).size() == most;
    room.anyGap = room.any ? bestLevel(room.day, longest, terms.gap, room.most) : terms.gap;
    room.bestGap = bestLevel(room.day, least, terms.gap, room.most);
    return room;
}

}  // namespace loa
