// In which order and when announcements of different lengths fit into a day. A greedy walk finds most of what fits;
// where it fails a search decides, for as long as it is short. Pure.
#include "scheduler/planning/campaign/arrange.h"

#include <set>
#include <tuple>

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

Milliseconds lengthOf(const std::vector<int>& items, const std::vector<Milliseconds>& lengths) {
    Milliseconds sum{0};
    for (const int item : items) sum += lengths[index(item)];
    return sum;
}

/// What could sound on the day if it were without gaps.
Milliseconds timeOn(const CampaignDay& day) {
    std::vector<Milliseconds> free(day.rooms.size());
    for (const FreeStretch& stretch : day.stretches) free[index(stretch.daypart)] += stretch.to - stretch.from;
    Milliseconds sum{0};
    for (std::size_t i = 0; i < free.size(); ++i) sum += std::min(free[i], day.rooms[i]);
    return sum;
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

std::vector<Place> walk(const CampaignDay& day, const std::vector<Milliseconds>& lengths, std::vector<int> items,
                        int gap) {
    std::vector<Place> places;
    auto left = day.rooms;
    int minute = day.earliest;
    for (const FreeStretch& stretch : day.stretches) {
        Milliseconds& room = left[index(stretch.daypart)];
        while (true) {
            const auto startOf = [&](int item) {
                return std::max(minute, startsIn(stretch, lengths[index(item)], day).first);
            };
            const auto item = std::find_if(items.begin(), items.end(), [&](int each) {
                const Milliseconds length = lengths[index(each)];
                return length <= room && startOf(each) <= startsIn(stretch, length, day).last;
            });
            if (item == items.end()) break;
            const Milliseconds length = lengths[index(*item)];
            places.push_back({startOf(*item), *item, stretch.daypart});
            minute = places.back().minute + minutesFrom(length, gap);
            room -= length;
            items.erase(item);
        }
    }
    return places;
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
    if (lengthOf(items, lengths) > timeOn(day)) return std::nullopt;
    places = walk(day, lengths, items, gap);
    if (places.size() == items.size()) return places;
    auto longestFirst = items;
    std::stable_sort(longestFirst.begin(), longestFirst.end(),
                     [&](int left, int right) { return byLength(right, left); });
    places = walk(day, lengths, longestFirst, gap);
    if (places.size() == items.size()) return places;
    Search search{day, lengths, items, gap, std::min(Effort::ofOne, effort.left)};
    const bool found = search.run();
    effort.spend(search.steps() + count);
    if (found) return search.places();
    if (search.gaveUp()) effort.certain = false;
    return std::nullopt;
}

}  // namespace loa
