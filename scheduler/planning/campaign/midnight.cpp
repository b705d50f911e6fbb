// The gap over midnight, the one thing that ties a station's days together. First every midnight is cut at the same
// hour; where that costs no airing it is proven. Else all ways are weighed day after day: of a day only the number of
// its airings and its last start matter for the next, and the sooner that is, the better. Pure.
#include "scheduler/planning/campaign/midnight.h"

#include <algorithm>
#include <map>

namespace loa {
namespace {

/// No start of the day before is near.
constexpr int nobodyBefore = -1440;

/// The first and last start of the shortest announcement: no other can start before or after.
std::optional<StartRange> startsOf(const CampaignDay& day, const std::vector<Milliseconds>& lengths) {
    std::optional<Milliseconds> least;
    for (std::size_t i = 0; i < lengths.size(); ++i)
        if (day.limits[i] > 0 && (!least || lengths[i] < *least)) least = lengths[i];
    if (!least) return std::nullopt;
    std::optional<StartRange> range;
    for (const FreeStretch& stretch : day.stretches) {
        const auto starts = startsIn(stretch, *least, day);
        if (starts.first > starts.last) continue;
        if (!range) range = starts;
        range = StartRange{std::min(range->first, starts.first), std::max(range->last, starts.last)};
    }
    return range;
}

/// What one way to plan the days up to one has come to.
struct DayWay {
    int airings = 0;  ///< in all
    int before = 0;   ///< the key of its way up to the day before
    int count = 0;    ///< on this day
    int last = 0;     ///< the last start of this day; only where count > 0
};

/// By the first minute at which the next day may start.
using DayWays = std::map<int, DayWay>;

class Midnights {
public:
    Midnights(StationDays station, DayRooms& rooms)
        : station_{std::move(station)}, rooms_{rooms}, gap_{rooms.terms().gap}, lengths_{rooms.terms().lengths} {}

    std::vector<StationDays> setApart() {
        findTied();
        if (std::none_of(tied_.begin(), tied_.end(), [](bool tied) { return tied; })) return {std::move(station_)};
        std::vector<StationDays> ways;
        for (const int after : {gap_ / 2, 0, gap_})
            if (auto cut = cutAlike(after)) ways.push_back(*std::move(cut));
        return ways.empty() ? followAllWays() : ways;
    }

private:
    std::vector<CampaignDay>& days() { return station_.days; }
    int toNext(std::size_t day) const { return station_.zeros[day + 1] - station_.zeros[day]; }

    void findTied() {
        tied_.assign(days().size(), false);
        std::optional<StartRange> before;
        for (std::size_t day = 0; day < days().size(); ++day) {
            const auto today = startsOf(days()[day], lengths_);
            if (before && today) tied_[day - 1] = before->last + gap_ > today->first + toNext(day - 1);
            before = today;
        }
    }

    /// Nothing starts from `after` - gap to `after` minutes past midnight; none where that costs an airing.
    std::optional<StationDays> cutAlike(int after) {
        auto cut = days();
        for (std::size_t day = 0; day + 1 < cut.size(); ++day) {
            if (!tied_[day]) continue;
            const int midnight = 24 * 60;
            cut[day] = narrowed(std::move(cut[day]), lengths_, nobodyBefore, midnight + after - gap_);
            cut[day + 1] = narrowed(std::move(cut[day + 1]), lengths_, midnight - toNext(day) + after, 2 * midnight);
        }
        for (std::size_t day = 0; day < cut.size(); ++day)
            if (rooms_.of(cut[day]).most < rooms_.of(days()[day]).most) return std::nullopt;
        return StationDays{std::move(cut), station_.zeros, true};
    }

    DayWays waysOver(std::size_t day, const DayWays& before, int fewest, int most) {
        DayWays ways;
        for (const auto& [from, way] : before) {
            const auto today = narrowed(days()[day], lengths_, from, 2880);
            for (int count = fewest; count <= std::min(most, rooms_.of(today).most); ++count) {
                int next = nobodyBefore;
                int last = 0;
                if (count > 0) {
                    last = *rooms_.soonestLastStart(today, count);
                    if (tied_[day]) next = std::max(nobodyBefore, last + gap_ - toNext(day));
                }
                const DayWay now{way.airings + count, from, count, last};
                const auto [there, isNew] = ways.try_emplace(next, now);
                if (!isNew && there->second.airings < now.airings) there->second = now;
            }
        }
        return ways;
    }

    /// All ways in which each day has at least `fewest` and at most `most` airings; after each day.
    std::vector<DayWays> allWays(int fewest, int most) {
        std::vector<DayWays> all{DayWays{{nobodyBefore, DayWay{}}}};
        for (std::size_t day = 0; day < days().size(); ++day) all.push_back(waysOver(day, all.back(), fewest, most));
        return all;
    }

    static DayWays::const_iterator fullest(const DayWays& ways) {
        return std::max_element(ways.begin(), ways.end(), [](const auto& left, const auto& right) {
            return left.second.airings < right.second.airings;
        });
    }

    std::vector<StationDays> followAllWays() {
        int asked = 0;
        for (const CampaignDay& day : days()) asked = std::max(asked, day.asked);
        auto best = allWays(0, asked);
        const int airings = fullest(best.back())->second.airings;
        for (int spread = 0; spread < asked; ++spread)
            for (int fewest = 0; fewest + spread <= asked; ++fewest) {
                auto ways = allWays(fewest, fewest + spread);
                if (!ways.back().empty() && fullest(ways.back())->second.airings == airings) return follow(ways);
            }
        return follow(best);
    }

    /// Each day with its airings; midnight cut as early as can be, as late as can be, and, where that fits, between.
    std::vector<StationDays> follow(const std::vector<DayWays>& ways) {
        std::vector<int> early(days().size());  ///< the first minute of each day, and of the next
        early.push_back(fullest(ways.back())->first);
        for (std::size_t day = days().size(); day-- > 0;) {
            const DayWay& way = ways[day + 1].at(early[day + 1]);
            early[day] = way.before;
            days()[day].asked = way.count;
        }
        const auto late = latest();
        auto between = early;
        for (std::size_t day = 0; day < late.size(); ++day) between[day] += (late[day] - early[day]) / 2;
        std::vector<StationDays> all;
        for (const auto& first : {early, between, late})
            if (auto cut = cutAt(first)) all.push_back(*std::move(cut));
        return all;
    }

    /// The latest minute at which each day may begin so that it and all after it have their airings.
    std::vector<int> latest() {
        std::vector<int> first(days().size() + 1, nobodyBefore);
        for (std::size_t day = days().size(); day-- > 1;) {
            if (!tied_[day - 1] || days()[day].asked == 0) continue;
            const int last = tied_[day] && first[day + 1] > nobodyBefore ? first[day + 1] + toNext(day) - gap_ : 2880;
            int fits = nobodyBefore;
            for (int tooLate = 2880; tooLate - fits > 1;) {
                const int middle = fits + (tooLate - fits) / 2;
                const auto rest = narrowed(days()[day], lengths_, middle, last);
                (rooms_.of(rest).most < days()[day].asked ? tooLate : fits) = middle;
            }
            first[day] = fits;
        }
        return first;
    }

    /// None where a day loses an airing.
    std::optional<StationDays> cutAt(const std::vector<int>& first) {
        auto cut = days();
        for (std::size_t day = 0; day < cut.size(); ++day) {
            const bool bound = day + 1 < cut.size() && tied_[day] && first[day + 1] > nobodyBefore;
            const int last = bound ? first[day + 1] + toNext(day) - gap_ : 2880;
            cut[day] = narrowed(std::move(cut[day]), lengths_, first[day], last);
            if (rooms_.of(cut[day]).most < cut[day].asked) return std::nullopt;
        }
        return StationDays{std::move(cut), station_.zeros, true};
    }

    StationDays station_;
    DayRooms& rooms_;
    int gap_;
    const std::vector<Milliseconds>& lengths_;
    std::vector<bool> tied_;
};

}  // namespace

std::vector<StationDays> setApart(StationDays station, DayRooms& rooms) {
    return Midnights{std::move(station), rooms}.setApart();
}

}  // namespace loa
