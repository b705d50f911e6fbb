// Rules walked by libical in floating time: without a zone its instances are right, with one it is an hour off around a
// change of offset. COUNT and UNTIL are the caller's, so that skipping ahead always works. One thread at a time.
#include "scheduler/calendar/rule_iterator.h"

#include <libical/ical.h>

namespace loa {
namespace {

using namespace std::chrono;
using Frequency = Rule::Frequency;

icaltimetype toIcal(LocalTime time) {
    const auto midnight = floor<days>(time);
    const Day day{midnight};
    const hh_mm_ss clock{time - midnight};
    icaltimetype ical = icaltime_null_time();
    ical.year = static_cast<int>(day.year());
    ical.month = static_cast<int>(static_cast<unsigned>(day.month()));
    ical.day = static_cast<int>(static_cast<unsigned>(day.day()));
    ical.hour = static_cast<int>(clock.hours().count());
    ical.minute = static_cast<int>(clock.minutes().count());
    ical.second = static_cast<int>(clock.seconds().count());
    return ical;
}

LocalTime fromIcal(const icaltimetype& ical) {
    const Day day{year{ical.year}, month{static_cast<unsigned>(ical.month)},
                  std::chrono::day{static_cast<unsigned>(ical.day)}};
    return local_days{day} + hours{ical.hour} + minutes{ical.minute} + seconds{ical.second};
}

/// libical counts the weeks of INTERVAL from the wrong one when DTSTART is not on a BYDAY: it walks them all, we
/// choose.
std::string everyWeek(std::string pattern) {
    const auto interval = pattern.find(";INTERVAL=");
    if (interval != std::string::npos) pattern.erase(interval, pattern.find(';', interval + 1) - interval);
    return pattern;
}

/// What libical is given.
std::string patternOf(const Rule& rule) {
    if (rule.frequency == Frequency::weekly) return everyWeek(rule.pattern);
    const bool monthDays = rule.pattern.find(";BYMONTHDAY=") != std::string::npos;
    const bool months = rule.pattern.find(";BYMONTH=") != std::string::npos;
    if (rule.frequency != Frequency::yearly || !monthDays || months) return rule.pattern;
    // Without BYMONTH libical keeps a YEARLY BYMONTHDAY to the month of DTSTART; RFC 5545 means every month.
    return rule.pattern + ";BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12";
}

LocalTime weekOf(LocalTime time, weekday weekStart) {
    const auto day = floor<days>(time);
    return day - (weekday{day} - weekStart);
}

/// After how long a rule without COUNT is the same rule again. libical's own skipping loses step in HOURLY and WEEKLY
/// rules; months and years differ in length, there it is right.
std::optional<seconds> stepOf(const Rule& rule) {
    if (rule.frequency == Frequency::hourly) return hours{rule.interval};
    if (rule.frequency == Frequency::daily) return days{rule.interval};
    if (rule.frequency == Frequency::weekly) return weeks{rule.interval};
    return std::nullopt;
}

}  // namespace

void RuleIterator::Free::operator()(icalrecur_iterator_impl* iterator) const {
    icalrecur_iterator_free(iterator);
}

RuleIterator::RuleIterator(const Rule& rule, LocalTime start, LocalTime from) {
    const auto pattern = icalrecurrencetype_from_string(patternOf(rule).c_str());
    if (rule.frequency == Frequency::weekly) period_ = weeks{rule.interval};
    firstWeek_ = weekOf(start, rule.weekStart);
    const bool skip = from > start;
    const auto step = stepOf(rule);
    if (skip && step) start += (from - start) / *step * *step;
    iterator_.reset(icalrecur_iterator_new(pattern, toIcal(start)));
    if (!iterator_ || !skip || step) return;
    if (icalrecur_iterator_set_start(iterator_.get(), toIcal(floor<days>(from))) == 0) iterator_.reset();
}

std::optional<LocalTime> RuleIterator::next() {
    while (iterator_) {
        const auto instance = icalrecur_iterator_next(iterator_.get());
        if (icaltime_is_null_time(instance) != 0) break;
        const auto time = fromIcal(instance);
        if (floor<weeks>(time - firstWeek_) % period_ == weeks{0}) return time;
    }
    return std::nullopt;
}

}  // namespace loa
