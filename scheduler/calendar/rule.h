#pragma once
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace loa {

/// A day of the week in a BYDAY: every one, or with an ordinal the so-maniest of the month or year, from its end where
/// negative.
struct NthWeekday {
    int ordinal = 0;  ///< 0: every one
    std::chrono::weekday day;
};

/// A recurrence rule (RFC 5545 3.3.10) that Loa takes: bounded in cost, and with one meaning.
struct Rule {
    enum class Frequency { hourly, daily, weekly, monthly, yearly };
    Frequency frequency = Frequency::daily;
    int interval = 1;
    int count = 0;                                         ///< 0: no COUNT
    std::string until;                                     ///< as written; empty: no UNTIL
    std::string pattern;                                   ///< the rule in upper case without COUNT and UNTIL
    std::chrono::weekday weekStart = std::chrono::Monday;  ///< WKST
    std::vector<int> seconds, minutes, hours, monthDays, yearDays, months, positions;  ///< the BY lists
    std::vector<NthWeekday> days;                                                      ///< BYDAY

    bool namesDays() const { return !days.empty() || !monthDays.empty() || !yearDays.empty(); }
    /// No rule for whole days.
    bool setsTimeOfDay() const {
        return frequency == Frequency::hourly || !hours.empty() || !minutes.empty() || !seconds.empty();
    }
    /// The most starts a day can have.
    std::size_t startsADay() const;
};

/// Reads the value of an RRULE. Throws Error (invalid) with the line: "bad-rule", "bad-number", "count-and-until",
/// "rule-too-frequent", "rule-too-dense", "rule-unsupported", "rule-never".
Rule readRule(std::string_view value, int line);

/// Refuse a rule that falls on nothing for 8 years ("rule-never"), or on too much ("rule-too-dense").
[[noreturn]] void ruleNever(int line);
[[noreturn]] void ruleTooDense(int line);

/// A WEEKLY rule with its weekdays, and where it counts weeks their first day, so many days on.
Rule turned(const Rule& rule, int days);

/// The value of an RRULE.
std::string writeRule(const Rule& rule);

/// "MO" to "SU".
std::string_view weekdayName(std::chrono::weekday day);

}  // namespace loa
