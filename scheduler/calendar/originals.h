#pragma once
#include <functional>
#include <optional>
#include <set>
#include <vector>

#include "scheduler/calendar/series.h"

namespace loa {

/// No series starts outside of these, and sums of them stay far from overflow.
constexpr Instant earliestInstant = std::chrono::sys_days{std::chrono::year{1900} / 1 / 1};
constexpr Instant latestInstant = std::chrono::sys_days{std::chrono::year{2300} / 1 / 1};

/// One start of a series, before overrides and exclusions.
struct Original {
    Instant at;
    LocalTime local;             ///< what the rule says, in the series' zone: in a gap another time than `at` has there
    std::optional<Instant> end;  ///< where an RDATE gives its own
};

/// The starts from window.start to window.end, both included, ascending, each once. DTSTART is always one of them and
/// counts for COUNT. Throws Error (invalid, "too-many-occurrences") over occurrencesLimit.
std::vector<Original> originals(const Series& series, Interval window);

/// Those of `wanted` that are starts of the series, ascending.
std::vector<Original> findOriginals(const Series& series, const std::set<Instant>& wanted);

/// The first start at or after `from`.
std::optional<Original> nextOriginal(const Series& series, Instant from);

/// Walks DTSTART and the starts of the rule, ascending, that lie in the window, both ends included; `visit` gets each
/// with its number in the series, from 1, where the rule has a COUNT (else 0), and says whether to go on.
void eachRuleStart(const Series& series, Interval window, const std::function<bool(const Original&, int)>& visit);

/// Where an original sounds that has no override of its own, and for how long.
Interval intervalOf(const Series& series, const Original& original);

/// How much later than its original an override starts, by the clock on the wall.
std::chrono::seconds shiftOf(const Override& change);

/// How far before a window an original may lie whose occurrence reaches into it, and how far after.
struct Margin {
    Milliseconds before;
    Milliseconds after;
};
Margin marginOf(const Series& series);

bool isExcluded(const Series& series, Instant original);

}  // namespace loa
