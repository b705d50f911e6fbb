// One series to its occurrences. The rule gives originals in local time, each becomes an instant by our own zones; then
// exclusions and overrides, both keyed by instant. Pure but for the zone tables; any thread. Never reads the clock.
#include "scheduler/calendar/expand.h"

#include <algorithm>
#include <tuple>

#include "scheduler/calendar/canonical.h"
#include "scheduler/calendar/originals.h"

namespace loa {
namespace {

using namespace std::chrono;

// No series starts outside of these (series.cpp), and sums of instants stay far from overflow.
constexpr Instant earliest = sys_days{1900y / January / 1};
constexpr Instant latest = sys_days{2300y / January / 1};

Milliseconds longest(const Length& length) {
    return days{length.days + 1} + length.exact;
}

/// How much later than where the rule put it an override starts, by the clock on the wall.
seconds shiftOf(const Override& change) {
    const auto& start = change.sounding.start;
    return start.local - toLocal(change.original, start.zone);
}

/// How far before the window an original may lie whose occurrence reaches into it, and how far after.
struct Reach {
    Milliseconds before;
    Milliseconds after;
};

Reach reachOf(const Series& series) {
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

Occurrence occurrence(const Series& series, Instant original, Interval at, const Sounding& sounding) {
    return {series.id, original, at, sounding.title, sounding.source};
}

Interval intervalFrom(Instant start, const Sounding& sounding) {
    return {start, endOf(start, sounding.length, sounding.start.zone)};
}

/// Where THISANDFUTURE puts a later original: moved by the same wall time, as long as the override.
Interval shifted(const Override& change, Instant original) {
    const auto& zone = change.sounding.start.zone;
    return intervalFrom(toInstant(toLocal(original, zone) + shiftOf(change), zone), change.sounding);
}

void addOriginal(const Series& series, const Original& original, std::vector<Occurrence>& found) {
    if (series.overrides.contains(original.at) || isExcluded(series, original.at)) return;
    const auto next = series.rangeOverrides.upper_bound(original.at);
    if (next != series.rangeOverrides.begin()) {
        const auto& change = std::prev(next)->second;
        if (!change.sounding.silent)
            found.push_back(occurrence(series, original.at, shifted(change, original.at), change.sounding));
        return;
    }
    if (series.sounding.silent) return;
    const Interval at =
        original.end ? Interval{original.at, *original.end} : intervalFrom(original.at, series.sounding);
    found.push_back(occurrence(series, original.at, at, series.sounding));
}

bool reaches(const Interval& at, const Interval& window) {
    return at.start == at.end ? window.contains(at.start) : at.overlaps(window);
}

}  // namespace

std::vector<Occurrence> expand(const Event& event, Interval window) {
    const auto series = readSeries(readCalendar(event.icalendar));
    if (series.cancelled) return {};
    window = {std::clamp(window.start, earliest, latest), std::clamp(window.end, earliest, latest)};
    const auto reach = reachOf(series);
    std::vector<Occurrence> found;
    for (const auto& original : originals(series, {window.start - reach.before, window.end + reach.after}))
        addOriginal(series, original, found);
    for (const auto& [original, change] : series.overrides)
        if (!change.sounding.silent)
            found.push_back(occurrence(series, original, intervalFrom(change.sounding.start.instant(), change.sounding),
                                       change.sounding));
    std::erase_if(found, [&](const Occurrence& candidate) { return !reaches(candidate.at, window); });
    std::sort(found.begin(), found.end(), [](const Occurrence& one, const Occurrence& other) {
        return std::tie(one.at, one.original) < std::tie(other.at, other.original);
    });
    return found;
}

}  // namespace loa
