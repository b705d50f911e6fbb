// What fits into one day: how many airings, how far apart, and in which order. Nearly always all announcements fit
// wherever the longest does and a greedy pass is the proof; only where lengths decide is there a search. Pure.
#include "scheduler/planning/campaign_fit.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace loa {
namespace {

std::size_t index(int value) {
    return static_cast<std::size_t>(value);
}

/// Depth first over "which next, in which stretch", each as early as possible: for one order and one choice of
/// stretches nothing is gained by starting later. States that failed are not tried again.
class Search {
public:
    Search(const CampaignDay& day, const std::vector<Milliseconds>& lengths, const std::vector<int>& items, int gap,
           int limit)
        : day_{day},
          lengths_{lengths},
          items_{items},
          gap_{gap},
          limit_{limit},
          left_{day.rooms},
          used_(items.size(), false) {}

    bool run() { return next(0, day_.earliest); }
    int steps() const { return steps_; }
    bool gaveUp() const { return steps_ > limit_; }
    std::vector<Place> places() const { return places_; }

private:
    /// The minute from which the next may start, the stretch, the room left there, and who is used.
    using State = std::tuple<int, std::size_t, Milliseconds, std::vector<bool>>;

    bool next(std::size_t from, int minute) {
        if (places_.size() == items_.size()) return true;
        if (++steps_ > limit_ || from >= day_.stretches.size()) return false;
        State state{minute, from, left_[index(day_.stretches[from].daypart)], used_};
        if (failed_.contains(state)) return false;
        std::set<Milliseconds> tried;
        for (std::size_t i = 0; i < items_.size(); ++i)
            if (!used_[i] && tried.insert(lengths_[index(items_[i])]).second && place(i, from, minute)) return true;
        failed_.insert(std::move(state));
        return false;
    }

    bool place(std::size_t item, std::size_t from, int minute) {
        const Milliseconds length = lengths_[index(items_[item])];
        used_[item] = true;
        for (std::size_t i = from; i < day_.stretches.size(); ++i) {
            const FreeStretch& stretch = day_.stretches[i];
            const auto starts = startsIn(stretch, length, day_);
            const int start = std::max(minute, starts.first);
            Milliseconds& left = left_[index(stretch.daypart)];
            if (start > starts.last || left < length) continue;
            left -= length;
            places_.push_back({start, items_[item], stretch.daypart});
            if (next(i, start + minutesFrom(length, gap_))) return true;
            places_.pop_back();
            left += length;
        }
        used_[item] = false;
        return false;
    }

    const CampaignDay& day_;
    const std::vector<Milliseconds>& lengths_;
    const std::vector<int>& items_;
    int gap_;
    int limit_;
    std::vector<Milliseconds> left_;
    std::vector<bool> used_;
    std::vector<Place> places_;
    std::set<State> failed_;
    int steps_ = 0;
};

/// The shortest gap of the highest level at which so many fit; the campaign's own where that is wider.
int bestLevel(const CampaignDay& day, Milliseconds length, int gap, int count) {
    const auto widest = std::chrono::minutes{widestGap(day, length, gap, count)};
    return std::max(gap, static_cast<int>(shortestGap(gapLevel(widest)).count()));
}

}  // namespace

std::vector<Place> earliestPlaces(const CampaignDay& day, Milliseconds length, int gap, int atMost) {
    std::vector<Place> places;
    auto left = day.rooms;
    int minute = day.earliest;
    for (const FreeStretch& stretch : day.stretches) {
        const auto starts = startsIn(stretch, length, day);
        for (minute = std::max(minute, starts.first); minute <= starts.last && left[index(stretch.daypart)] >= length;
             minute += minutesFrom(length, gap)) {
            if (places.size() == index(atMost)) return places;
            places.push_back({minute, 0, stretch.daypart});
            left[index(stretch.daypart)] -= length;
        }
    }
    return places;
}

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

std::optional<std::vector<Place>> arrange(const CampaignDay& day, const std::vector<Milliseconds>& lengths,
                                          const std::vector<int>& items, int gap, Effort& effort) {
    if (items.empty()) return std::vector<Place>{};
    const auto byLength = [&](int left, int right) { return lengths[index(left)] < lengths[index(right)]; };
    const auto ends = std::minmax_element(items.begin(), items.end(), byLength);
    const int count = static_cast<int>(items.size());
    auto places = earliestPlaces(day, lengths[index(*ends.second)], gap, count);
    if (places.size() == items.size()) {
        for (std::size_t i = 0; i < items.size(); ++i) places[i].announcement = items[i];
        return places;
    }
    if (earliestPlaces(day, lengths[index(*ends.first)], gap, count).size() < items.size()) return std::nullopt;
    Search search{day, lengths, items, gap, std::min(Effort::ofOne, effort.left)};
    const bool found = search.run();
    effort.left = std::max(0, effort.left - search.steps());
    if (found) return search.places();
    if (search.gaveUp()) effort.certain = false;
    return std::nullopt;
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
    items.resize(earliestPlaces(room.day, least, terms.gap, static_cast<int>(items.size())).size());
    while (!items.empty() && !arrange(room.day, terms.lengths, items, terms.gap, effort)) items.pop_back();
    room.most = static_cast<int>(items.size());
    room.any = earliestPlaces(room.day, longest, terms.gap, room.most).size() == items.size();
    room.anyGap = room.any ? bestLevel(room.day, longest, terms.gap, room.most) : terms.gap;
    room.bestGap = bestLevel(room.day, least, terms.gap, room.most);
    return room;
}

}  // namespace loa
