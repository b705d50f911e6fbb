#pragma once
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "scheduler/domain/airtime.h"

namespace loa {

/// From first to last day, both inclusive; open where empty.
struct DayRange {
    std::optional<Day> first;
    std::optional<Day> last;
    bool contains(Day day) const { return (!first || *first <= day) && (!last || day <= *last); }
};

DayRange rangeOf(const Airtime& airtime);

/// The first day of the range, 1970-01-01 where it is open, that is one of the weekdays; the last, where the range
/// ends. `weekdays` is not empty.
Day firstFitting(const DayRange& range, Weekdays weekdays);
std::optional<Day> lastFitting(const DayRange& range, Weekdays weekdays);

/// The rules an Airtime keeps, each for what stands on `line` (0: nowhere). They throw Error (invalid) with the codes
/// that checkAirtime names.
void checkWindow(const DailyWindow& window, const DayRange& range, int line);
void checkDayparts(std::span<const Daypart> dayparts, const DayRange& range, int line);
void checkSpecialDays(const Airtime& airtime, int line);
void checkLimits(const Airtime& airtime, int line);
void checkValidity(std::span<const Airtime> airtimes, int line);

}  // namespace loa
