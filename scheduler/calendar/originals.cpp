// Where a series starts before anything is taken away or overridden: the rule in local time, each start made an instant
// by our own zones. Pure but for the zone tables; any thread. Never looks at overrides.
#include "scheduler/calendar/originals.h"

#include <algorithm>
#include <map>

#include "scheduler/calendar/expand.h"
#include "scheduler/calendar/refusal.h"
#include "scheduler/calendar/rule_iterator.h"

namespace loa {
namespace {

using namespace std::chrono;

bool holds(Interval window, Instant at) {
    return window.start <= at && at <= window.end;
}

Original extraOf(const Series& series, Instant at, std::optional<Instant> end) {
    return {at, toLocal(at, series.sounding.start.zone), end};
}

Milliseconds longest(const Length& length) {
    return days{length.days + 1} + length.exact;
}

/// Gathers starts, each once, up to the limit.
class Gathered {
public:
    void add(const Original& original) {
        starts_.emplace(original.at, original);
        if (starts_.size() > occurrencesLimit)
            refuse(0, "too-many-occurrences", "Khoảng thời gian này có hơn 50.000 lần phát. Chọn khoảng ngắn hơn.",
                   "This period has over 50,000 occurrences. Choose a shorter one.");
    }
    std::vector<Original> take() const {
        std::vector<Original> all;
        for (const auto& [_, original] : starts_) all.push_back(original);
        return all;
    }

private:
    std::map<Instant, Original> starts_;
};

}  // namespace

void eachRuleStart(const Series& series, Interval window, const std::function<bool(const Original&, int)>& visit) {
    const auto& start = series.sounding.start;
    const Original first{start.instant(), start.local, std::nullopt};
    const bool counts = series.rule && series.rule->count > 0;
    if (holds(window, first.at) && !visit(first, counts ? 1 : 0)) return;
    if (!series.rule) return;
    // A local time may lie up to a gap away from where its instant says; two days off is beyond all of that.
    const auto skipTo = counts ? start.local : toLocal(window.start, start.zone) - days{2};
    const auto end = series.until ? std::min(*series.until, window.end) : window.end;
    RuleIterator iterator{*series.rule, start.local, skipTo, toLocal(end, start.zone) + days{2}};
    int counted = 1;  // DTSTART
    while (const auto local = iterator.next()) {
        const auto at = toInstant(*local, start.zone);
        if (at == first.at || (series.until && at > *series.until)) continue;
        if (counts && ++counted > series.rule->count) return;
        if (holds(window, at) && !visit({at, *local, std::nullopt}, counts ? counted : 0)) return;
    }
}

std::vector<Original> originals(const Series& series, Interval window) {
    Gathered gathered;
    eachRuleStart(series, window, [&](const Original& original, int) {
        gathered.add(original);
        return true;
    });
    for (auto extra = series.extras.lower_bound(window.start);
         extra != series.extras.end() && extra->first <= window.end; ++extra)
        gathered.add(extraOf(series, extra->first, extra->second));
    return gathered.take();
}

std::vector<Original> findOriginals(const Series& series, const std::set<Instant>& wanted) {
    if (wanted.empty()) return {};
    std::vector<Original> found;
    if (series.rule && series.rule->count > 0) {  // walked once, since each look-up would walk it from its start
        found = originals(series, {*wanted.begin(), *wanted.rbegin()});
        std::erase_if(found, [&](const Original& original) { return !wanted.contains(original.at); });
        return found;
    }
    for (const auto at : wanted)
        for (const auto& original : originals(series, {at, at})) found.push_back(original);
    return found;
}

std::optional<Original> nextOriginal(const Series& series, Instant from) {
    std::optional<Original> next;
    const auto extra = series.extras.lower_bound(from);
    if (extra != series.extras.end()) next = extraOf(series, extra->first, extra->second);
    eachRuleStart(series, {from, latestInstant}, [&](const Original& original, int) {
        if (!next || original.at <= next->at) next = original;
        return false;
    });
    return next;
}

std::chrono::seconds shiftOf(const Override& change) {
    const auto& start = change.sounding.start;
    return start.local - toLocal(change.original, start.zone);
}

Interval intervalOf(const Series& series, const Original& original) {
    const auto* range = rangeAt(series, original.at);
    if (range == nullptr && original.end) return {original.at, *original.end};
    const auto& sounding = range == nullptr ? series.sounding : range->sounding;
    const auto& zone = sounding.start.zone;
    const auto start = range == nullptr ? original.at : toInstant(toLocal(original.at, zone) + shiftOf(*range), zone);
    return {start, endOf(start, sounding.length, zone)};
}

Margin marginOf(const Series& series) {
    auto length = longest(series.sounding.length);
    Milliseconds later{days{1}};
    Milliseconds earlier{days{1}};
    for (const auto& [at, end] : series.extras)
        if (end) length = std::max(length, *end - at);
    for (const auto& [original, change] : series.rangeOverrides) {
        const auto shift = shiftOf(change);
        length = std::max(length, longest(change.sounding.length));
        later = std::max<Milliseconds>(later, shift + days{1});
        earlier = std::max<Milliseconds>(earlier, days{1} - shift);
    }
    return {length + later, earlier};
}

bool isExcluded(const Series& series, Instant original) {
    if (series.excluded.contains(original)) return true;
    const auto next = series.excludedDays.upper_bound({original, Instant::max()});
    return next != series.excludedDays.begin() && std::prev(next)->contains(original);
}

}  // namespace loa
