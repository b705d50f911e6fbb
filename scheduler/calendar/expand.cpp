// One series to its occurrences. The rule gives originals in local time, each becomes an instant by our own zones; then
// exclusions and overrides, both keyed by instant. Pure but for the zone tables; any thread. Never reads the clock.
#include "scheduler/calendar/expand.h"

#include <algorithm>
#include <tuple>

#include "scheduler/calendar/canonical.h"
#include "scheduler/calendar/originals.h"

namespace loa {
namespace {

Occurrence occurrence(const Series& series, Instant original, Interval at, const Sounding& sounding) {
    return {series.id, original, at, sounding.title, sounding.source};
}

void addOriginal(const Series& series, const Original& original, std::vector<Occurrence>& found) {
    if (series.overrides.contains(original.at) || isExcluded(series, original.at)) return;
    const auto* range = rangeAt(series, original.at);
    const auto& sounding = range == nullptr ? series.sounding : range->sounding;
    if (!sounding.silent) found.push_back(occurrence(series, original.at, intervalOf(series, original), sounding));
}

bool reaches(const Interval& at, const Interval& window) {
    return at.start == at.end ? window.contains(at.start) : at.overlaps(window);
}

}  // namespace

std::vector<Occurrence> expand(const Event& event, Interval window) {
    const auto series = readSeries(readCalendar(event.icalendar));
    if (series.cancelled) return {};
    window = {std::clamp(window.start, earliestInstant, latestInstant),
              std::clamp(window.end, earliestInstant, latestInstant)};
    const auto margin = marginOf(series);
    std::vector<Occurrence> found;
    for (const auto& original : originals(series, {window.start - margin.before, window.end + margin.after}))
        addOriginal(series, original, found);
    for (const auto& [original, change] : series.overrides)
        if (!change.sounding.silent) {
            const auto start = change.sounding.start.instant();
            const Interval at{start, endOf(start, change.sounding.length, change.sounding.start.zone)};
            found.push_back(occurrence(series, original, at, change.sounding));
        }
    std::erase_if(found, [&](const Occurrence& candidate) { return !reaches(candidate.at, window); });
    std::sort(found.begin(), found.end(), [](const Occurrence& one, const Occurrence& other) {
        return std::tie(one.at, one.original) < std::tie(other.at, other.original);
    });
    return found;
}

}  // namespace loa
