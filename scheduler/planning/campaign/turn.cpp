// What airs on each day. Keeps what the earlier plan has, fills up with whoever aired least, then exchanges along
// chains of days until the spread is as small as a bound says it can be; where that fails, looks through all choices if
// they are few (campaign_choices.cpp). Pure.
#include "scheduler/planning/campaign/turn.h"

#include <algorithm>
#include <numeric>
#include <queue>

#include "scheduler/planning/campaign/choices.h"

namespace loa {
namespace {

std::size_t index(int value) {
    return static_cast<std::size_t>(value);
}

int spreadOf(const std::vector<int>& counts) {
    const auto ends = std::minmax_element(counts.begin(), counts.end());
    return *ends.second - *ends.first;
}

/// How far the announcement is behind the one that aired last, in the order of the turn: 0 is next.
int distanceInTurn(int announcement, int last, int count) {
    return (announcement - last - 1 + count) % count;
}

/// The same items so that each is, as far as can be, the next in the turn.
std::vector<int> inTurn(std::vector<int> items, int last, int count) {
    std::vector<int> ordered;
    while (!items.empty()) {
        const auto next = std::min_element(items.begin(), items.end(), [&](int left, int right) {
            return distanceInTurn(left, last, count) < distanceInTurn(right, last, count);
        });
        last = *next;
        ordered.push_back(last);
        items.erase(next);
    }
    return ordered;
}

class Choosing {
public:
    Choosing(const std::vector<TurnDay>& days, std::vector<int> counts, DayRooms& rooms)
        : days_{days}, fixed_{counts}, counts_{std::move(counts)}, rooms_{rooms}, chosen_(days.size()) {}

    Turns run() {
        for (std::size_t day = 0; day < days_.size(); ++day) keep(day);
        int last = -1;
        for (std::size_t day = 0; day < days_.size(); ++day) {
            fill(day, last);
            if (!chosen_[day].empty()) last = chosen_[day].back();
        }
        Turns turns;
        turns.certain = balance();
        if (!turns.certain)
            if (auto choices = fairestChoices(days_, fixed_, rooms_)) {
                chosen_ = *std::move(choices);
                turns.certain = true;
            }
        last = -1;
        for (auto& items : chosen_) {
            items = inTurn(std::move(items), last, announcements());
            if (!items.empty()) last = items.back();
        }
        turns.days = std::move(chosen_);
        return turns;
    }

private:
    int announcements() const { return static_cast<int>(counts_.size()); }

    void add(std::size_t day, int announcement) {
        chosen_[day].push_back(announcement);
        ++counts_[index(announcement)];
    }

    /// Whether the items leave the day as full as it can be: with the shortest of the others beside them.
    bool canGrow(std::size_t day, std::vector<int> items) {
        const DayRoom& room = *days_[day].room;
        if (items.size() > index(room.most)) return false;
        if (room.any) return rooms_.fit(room, items);
        std::vector<int> taken(counts_.size(), 0);
        for (const int item : items) ++taken[index(item)];
        const auto rest = shortest(room.day, rooms_.terms().lengths, taken, index(room.most) - items.size());
        items.insert(items.end(), rest.begin(), rest.end());
        return items.size() == index(room.most) && rooms_.fit(room, items);
    }
    bool canGrowWith(std::size_t day, int announcement) {
        auto items = chosen_[day];
        items.push_back(announcement);
        return canGrow(day, std::move(items));
    }

    void keep(std::size_t day) {
        for (const int announcement : days_[day].earlier)
            if (canGrowWith(day, announcement)) add(day, announcement);
    }

    void fill(std::size_t day, int last) {
        std::vector<int> order(counts_.size());
        std::iota(order.begin(), order.end(), 0);
        while (chosen_[day].size() < index(days_[day].room->most)) {
            if (!chosen_[day].empty()) last = chosen_[day].back();
            const auto before = [&](int left, int right) {
                return std::pair{counts_[index(left)], distanceInTurn(left, last, announcements())} <
                       std::pair{counts_[index(right)], distanceInTurn(right, last, announcements())};
            };
            auto next = std::min_element(order.begin(), order.end(), before);
            if (!canGrowWith(day, *next)) {
                std::sort(order.begin(), order.end(), before);
                next = std::find_if(order.begin(), order.end(), [&](int each) { return canGrowWith(day, each); });
            }
            if (next == order.end()) return fillShortest(day);
            add(day, *next);
        }
    }

    /// Where the effort ended: these were found to fit beside those that are chosen.
    void fillShortest(std::size_t day) {
        const DayRoom& room = *days_[day].room;
        std::vector<int> taken(counts_.size(), 0);
        for (const int item : chosen_[day]) ++taken[index(item)];
        const auto missing = index(room.most) - chosen_[day].size();
        for (const int item : shortest(room.day, rooms_.terms().lengths, taken, missing)) add(day, item);
    }

    /// A bound from below: as if each announcement could have each day it fits on, whatever the others do.
    int leastSpread() {
        auto most = fixed_;
        for (std::size_t day = 0; day < days_.size(); ++day)
            for (int each = 0; each < announcements(); ++each) {
                const int limit = std::min(days_[day].room->day.limits[index(each)], days_[day].room->most);
                if (limit > 0 && canGrow(day, {each})) most[index(each)] += limit;
            }
        return smallestSpread(fixed_, most, std::accumulate(counts_.begin(), counts_.end(), 0));
    }

    /// Whether the spread is proven to be the smallest.
    bool balance() {
        const int total = std::accumulate(counts_.begin(), counts_.end(), 0);
        if (spreadOf(counts_) <= (total % announcements() == 0 ? 0 : 1)) return true;
        const int bound = leastSpread();
        while (spreadOf(counts_) > bound)
            if (!improve(true) && !improve(false)) return false;
        return true;
    }

    struct Exchange {
        std::size_t day;
        int out;
        int in;
    };

    /// How many airings of the earlier plan the items lack.
    std::size_t lost(std::size_t day, std::vector<int> items) const {
        std::size_t count = 0;
        for (const int announcement : days_[day].earlier) {
            const auto found = std::find(items.begin(), items.end(), announcement);
            if (found == items.end())
                ++count;
            else
                items.erase(found);
        }
        return count;
    }

    std::vector<int> after(const Exchange& exchange) const {
        auto items = chosen_[exchange.day];
        *std::find(items.begin(), items.end(), exchange.out) = exchange.in;
        return items;
    }

    bool possible(const Exchange& exchange, bool keeping) {
        const auto& items = chosen_[exchange.day];
        if (std::find(items.begin(), items.end(), exchange.out) == items.end()) return false;
        if (!rooms_.effort().spend(1)) return false;
        auto changed = after(exchange);
        if (keeping && lost(exchange.day, changed) > lost(exchange.day, items)) return false;
        return rooms_.fit(*days_[exchange.day].room, std::move(changed));
    }

    /// One airing less for one that has most and one more for one that has at least two less; or one more for one that
    /// has least and one less for one that has at least two more. `keeping`: only without a move.
    bool improve(bool keeping) {
        const auto ends = std::minmax_element(counts_.begin(), counts_.end());
        const int least = *ends.first;
        const int most = *ends.second;
        return exchangeAlong(most, most - 2, keeping) || exchangeAlong(least + 2, least, keeping);
    }

    /// From one that has at least `from` airings to one that has at most `to`, over as few days as can be.
    bool exchangeAlong(int from, int to, bool keeping) {
        std::vector<std::optional<Exchange>> way(counts_.size());
        std::vector<bool> seen(counts_.size(), false);
        std::queue<int> waiting;
        for (int each = 0; each < announcements(); ++each)
            if (counts_[index(each)] >= from) {
                waiting.push(each);
                seen[index(each)] = true;
            }
        for (; !waiting.empty(); waiting.pop()) {
            const int out = waiting.front();
            for (std::size_t day = 0; day < days_.size(); ++day)
                for (int in = 0; in < announcements(); ++in) {
                    if (seen[index(in)] || !possible({day, out, in}, keeping)) continue;
                    seen[index(in)] = true;
                    way[index(in)] = Exchange{day, out, in};
                    if (counts_[index(in)] <= to) return apply(in, way);
                    waiting.push(in);
                }
        }
        return false;
    }

    bool apply(int end, const std::vector<std::optional<Exchange>>& way) {
        std::vector<Exchange> chain;
        for (int at = end; way[index(at)]; at = way[index(at)]->out) chain.push_back(*way[index(at)]);
        const auto before = chosen_;
        for (const Exchange& exchange : chain) {
            if (!possible(exchange, false)) {
                chosen_ = before;
                return false;
            }
            chosen_[exchange.day] = after(exchange);
        }
        ++counts_[index(chain.front().in)];
        --counts_[index(chain.back().out)];
        return true;
    }

    const std::vector<TurnDay>& days_;
    std::vector<int> fixed_;
    std::vector<int> counts_;
    DayRooms& rooms_;
    std::vector<std::vector<int>> chosen_;
};

}  // namespace

Turns takeTurns(const std::vector<TurnDay>& days, std::vector<int> counts, DayRooms& rooms) {
    return Choosing{days, std::move(counts), rooms}.run();
}

int smallestSpread(std::vector<int> least, const std::vector<int>& most, int total) {
    for (int left = total - std::accumulate(least.begin(), least.end(), 0); left > 0; --left) {
        std::optional<std::size_t> lowest;
        for (std::size_t i = 0; i < least.size(); ++i)
            if (least[i] < most[i] && (!lowest || least[i] < least[*lowest])) lowest = i;
        if (!lowest) break;
        ++least[*lowest];
    }
    return spreadOf(least);
}

}  // namespace loa
