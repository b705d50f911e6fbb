// RFC 5545 3.3.10, period by period: the days of a period, the times of each day, BYSETPOS, all in local time. Our own
// since libical 3.0.16 searches on for what never comes and cannot be stopped. Zones, COUNT and UNTIL are the caller's.
#include "scheduler/calendar/rule_iterator.h"

#include <algorithm>

namespace loa {
namespace {

using namespace std::chrono;
using Frequency = Rule::Frequency;
using Days = std::vector<local_days>;

template <class Value>
bool allows(const std::vector<Value>& list, Value value) {
    return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

int monthOf(const Day& day) {
    return static_cast<int>(static_cast<unsigned>(day.month()));
}

bool allowsWeekday(const Rule& rule, local_days day) {
    return rule.days.empty() || std::any_of(rule.days.begin(), rule.days.end(),
                                            [&](const NthWeekday& one) { return one.day == weekday{day}; });
}

/// A day counted from 1, or back from -1, in a stretch that begins at `first`.
void addCounted(local_days first, int length, int number, Days& found) {
    if (number > length || number < -length) return;
    found.push_back(first + days{number > 0 ? number - 1 : length + number});
}

/// The days of a BYDAY in a month or a year.
void addWeekdays(const Rule& rule, local_days first, int length, Days& found) {
    for (const auto& [ordinal, day] : rule.days) {
        const auto firstOne = (day - weekday{first}).count();
        const auto count = static_cast<int>((length - firstOne + 6) / 7);
        for (int nth = 0; nth < count; ++nth)
            if (ordinal == 0 || nth == (ordinal > 0 ? ordinal - 1 : count + ordinal))
                found.push_back(first + days{firstOne + 7 * nth});
    }
}

void addMonth(const Rule& rule, year_month month, std::chrono::day usual, Days& found) {
    const local_days first{month / 1};
    const int length = static_cast<int>(static_cast<unsigned>((month / last).day()));
    if (!rule.monthDays.empty()) {
        for (const int number : rule.monthDays) addCounted(first, length, number, found);
        std::erase_if(found, [&](local_days day) { return !allowsWeekday(rule, day); });
    } else if (!rule.days.empty()) {
        addWeekdays(rule, first, length, found);
    } else {
        addCounted(first, length, static_cast<int>(static_cast<unsigned>(usual)), found);
    }
}

void addYear(const Rule& rule, year wanted, const Day& start, Days& found) {
    const local_days first{wanted / January / 1};
    const int length = wanted.is_leap() ? 366 : 365;
    for (const int number : rule.yearDays) addCounted(first, length, number, found);
    if (!rule.yearDays.empty()) return;
    if (rule.months.empty() && rule.monthDays.empty() && !rule.days.empty()) {
        addWeekdays(rule, first, length, found);
        return;
    }
    for (int number = 1; number <= 12; ++number) {
        const bool usual = rule.months.empty() && !rule.namesDays();
        if (usual ? number != monthOf(start) : !allows(rule.months, number)) continue;
        Days month;
        addMonth(rule, wanted / number, start.day(), month);
        found.insert(found.end(), month.begin(), month.end());
    }
}

void addWeek(const Rule& rule, local_days first, weekday usual, Days& found) {
    for (auto day = first; day < first + weeks{1}; day += days{1}) {
        const bool fits = rule.days.empty() ? weekday{day} == usual : allowsWeekday(rule, day);
        if (fits && allows(rule.months, monthOf(Day{day}))) found.push_back(day);
    }
}

void addDay(const Rule& rule, local_days day, Days& found) {
    const Day date{day};
    const bool fits = allows(rule.months, monthOf(date)) &&
                      allows(rule.monthDays, static_cast<int>(static_cast<unsigned>(date.day()))) &&
                      allowsWeekday(rule, day);
    if (fits) found.push_back(day);
}

/// BYSETPOS: these of the days, which are ascending.
Days chosen(const Days& all, const std::vector<int>& positions) {
    Days found;
    for (const int position : positions)
        if (!all.empty()) {
            const auto size = static_cast<int>(all.size());
            const int index = position > 0 ? position - 1 : size + position;
            if (index >= 0 && index < size) found.push_back(all[static_cast<std::size_t>(index)]);
        }
    return found;
}

template <class Value>
void sortOnce(std::vector<Value>& list) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
}

local_days weekOf(local_days day, weekday weekStart) {
    return day - (weekday{day} - weekStart);
}

std::int64_t monthNumber(const Day& day) {
    return static_cast<int>(day.year()) * std::int64_t{12} + monthOf(day) - 1;
}

year_month monthAt(std::int64_t number) {
    return year{static_cast<int>(number / 12)} / month{static_cast<unsigned>(number % 12) + 1};
}

/// In which period, counted in steps from that of DTSTART, a time lies that is not before it.
std::int64_t periodAt(const Rule& rule, LocalTime start, LocalTime at) {
    const auto first = floor<days>(start);
    const auto day = floor<days>(at);
    switch (rule.frequency) {
        case Frequency::hourly:
            return (floor<hours>(at) - floor<hours>(start)).count() / rule.interval;
        case Frequency::daily:
            return (day - first).count() / rule.interval;
        case Frequency::weekly:
            return (weekOf(day, rule.weekStart) - weekOf(first, rule.weekStart)).count() / 7 / rule.interval;
        case Frequency::monthly:
            return (monthNumber(Day{day}) - monthNumber(Day{first})) / rule.interval;
        case Frequency::yearly:
            return (Day{day}.year() - Day{first}.year()).count() / rule.interval;
    }
    return 0;
}

std::vector<seconds> timesOf(const Rule& rule, LocalTime start) {
    const hh_mm_ss clock{start - floor<days>(start)};
    const auto orUsual = [](const std::vector<int>& list, std::int64_t usual) {
        return list.empty() ? std::vector<int>{static_cast<int>(usual)} : list;
    };
    const bool hourly = rule.frequency == Frequency::hourly;
    std::vector<seconds> times;
    for (const int hour : hourly ? std::vector<int>{0} : orUsual(rule.hours, clock.hours().count()))
        for (const int minute : orUsual(rule.minutes, clock.minutes().count()))
            for (const int second : orUsual(rule.seconds, clock.seconds().count()))
                times.push_back(hours{hour} + minutes{minute} + seconds{second});
    return times;
}

}  // namespace

RuleIterator::RuleIterator(const Rule& rule, LocalTime start, LocalTime from, LocalTime to)
    : rule_{rule},
      start_{start},
      from_{std::max(start, from)},
      last_{to < start ? -1 : periodAt(rule, start, to)},
      times_{timesOf(rule, start)},
      period_{periodAt(rule, start, from_)} {}

void RuleIterator::fill() {
    const auto steps = period_++ * rule_.interval;
    const auto first = floor<days>(start_);
    const Day date{first};
    found_.clear();
    given_ = 0;
    if (rule_.frequency == Frequency::hourly) {
        for (const auto time : times_) found_.push_back(floor<hours>(start_) + hours{steps} + time);
        return;
    }
    days_.clear();
    switch (rule_.frequency) {
        case Frequency::hourly:
            break;
        case Frequency::daily:
            addDay(rule_, first + days{steps}, days_);
            break;
        case Frequency::weekly:
            addWeek(rule_, weekOf(first, rule_.weekStart) + weeks{steps}, weekday{first}, days_);
            break;
        case Frequency::monthly: {
            const auto month = monthAt(monthNumber(date) + steps);
            if (allows(rule_.months, static_cast<int>(static_cast<unsigned>(month.month()))))
                addMonth(rule_, month, date.day(), days_);
            break;
        }
        case Frequency::yearly:
            addYear(rule_, date.year() + years{steps}, date, days_);
            break;
    }
    sortOnce(days_);
    if (!rule_.positions.empty()) {
        days_ = chosen(days_, rule_.positions);
        sortOnce(days_);
    }
    for (const auto day : days_)
        for (const auto time : times_) found_.push_back(day + time);
}

std::optional<LocalTime> RuleIterator::next() {
    for (;;) {
        while (given_ < found_.size()) {
            const auto time = found_[given_++];
            if (time >= from_) return time;
        }
        if (period_ > last_) return std::nullopt;
        fill();
    }
}

}  // namespace loa
