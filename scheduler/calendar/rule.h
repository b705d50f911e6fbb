#pragma once
#include <chrono>
#include <string>
#include <string_view>

namespace loa {

/// A recurrence rule (RFC 5545 3.3.10) that Loa takes: bounded in cost, and of the kinds libical 3.0.16 expands
/// rightly.
struct Rule {
    enum class Frequency { hourly, daily, weekly, monthly, yearly };
    Frequency frequency = Frequency::daily;
    int interval = 1;
    int count = 0;                                         ///< 0: no COUNT
    std::string until;                                     ///< as written; empty: no UNTIL
    std::string pattern;                                   ///< the rule in upper case without COUNT and UNTIL
    std::chrono::weekday weekStart = std::chrono::Monday;  ///< WKST
    bool namesDays = false;      ///< BYDAY, BYMONTHDAY or BYYEARDAY: its days are not DTSTART's
    bool setsTimeOfDay = false;  ///< HOURLY, BYHOUR, BYMINUTE or BYSECOND: no rule for whole days
};

/// Reads the value of an RRULE from its digits, before libical sees it. Throws Error (invalid) with the line:
/// "bad-rule", "bad-number", "count-and-until", "rule-too-frequent", "rule-too-dense", "rule-unsupported",
/// "rule-never".
Rule readRule(std::string_view value, int line);

/// Refuses a rule that falls on nothing ("rule-never").
[[noreturn]] void ruleNever(int line);

/// A WEEKLY rule with its weekdays, and where it counts weeks their first day, so many days on.
Rule turned(const Rule& rule, int days);

/// The value of an RRULE.
std::string writeRule(const Rule& rule);

}  // namespace loa
