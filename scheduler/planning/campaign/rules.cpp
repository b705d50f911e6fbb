// From days to rules: the first day that no rule has yet gets the rule that says most of the days from there on. Pure.
#include "scheduler/planning/campaign/rules.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

namespace loa {
namespace {

using Days = std::set<std::chrono::sys_days>;

/// Rules that come more rarely are not looked for.
constexpr int longestInterval = 100;
constexpr int longestWeeks = 26;

/// How many days a rule spares, after its exclusions.
int gain(const DayRule& rule) {
    return static_cast<int>(rule.days.size()) - static_cast<int>(rule.excluded.size());
}

/// The rule that falls on `from` and then on each day `next` says, cut where it gains most.
DayRule follow(const Days& days, std::chrono::sys_days from,
               const std::function<std::chrono::sys_days(std::chrono::sys_days)>& next) {
    DayRule rule;
    DayRule best;
    for (auto day = from; day <= *days.rbegin(); day = next(day)) {
        (days.contains(day) ? rule.days : rule.excluded).push_back(day);
        if (best.days.empty() || (days.contains(day) && gain(rule) > gain(best))) best = rule;
    }
    return best;
}

std::string every(const char* frequency, int interval) {
    return std::string{"FREQ="} + frequency + (interval > 1 ? ";INTERVAL=" + std::to_string(interval) : "");
}

std::chrono::sys_days mondayOf(std::chrono::sys_days day) {
    return day - (std::chrono::weekday{day} - std::chrono::Monday);
}

/// On which weekdays, in every `weeks`-th week from that of `from`, more days fall than not.
std::array<bool, 7> frequentWeekdays(const Days& days, std::chrono::sys_days from, int weeks) {
    std::array<int, 7> balance{};
    for (auto monday = mondayOf(from); monday <= *days.rbegin(); monday += std::chrono::days{7 * weeks})
        for (std::size_t i = 0; i < 7; ++i) {
            const auto day = monday + std::chrono::days{i};
            if (from <= day && day <= *days.rbegin()) balance[i] += days.contains(day) ? 1 : -1;
        }
    std::array<bool, 7> frequent{};
    for (std::size_t i = 0; i < 7; ++i) frequent[i] = balance[i] > 0;
    frequent[static_cast<std::size_t>((from - mondayOf(from)).count())] = true;
    return frequent;
}

DayRule weeklyRule(const Days& days, std::chrono::sys_days from, int weeks) {
    const auto weekdays = frequentWeekdays(days, from, weeks);
    auto rule = follow(days, from, [&](std::chrono::sys_days day) {
        do {
            day += std::chrono::days{1};
            if (day == mondayOf(day)) day += std::chrono::days{7 * (weeks - 1)};
        } while (!weekdays[static_cast<std::size_t>((day - mondayOf(day)).count())]);
        return day;
    });
    rule.pattern = every("WEEKLY", weeks) + ";BYDAY=";
    const std::array names{"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    bool first = true;
    for (std::size_t i = 0; i < 7; ++i)
        if (weekdays[i]) rule.pattern += std::string{std::exchange(first, false) ? "" : ","} + names[i];
    return rule;
}

DayRule bestRule(const Days& days) {
    const auto from = *days.begin();
    DayRule best{"", {from}, {}};
    const auto consider = [&](DayRule rule) {
        if (gain(rule) > gain(best)) best = std::move(rule);
    };
    for (int interval = 1; interval <= longestInterval; ++interval) {
        if (interval % 7 == 0) continue;  // weeks, as people say them
        auto rule = follow(days, from, [&](auto day) { return day + std::chrono::days{interval}; });
        rule.pattern = every("DAILY", interval);
        consider(std::move(rule));
    }
    for (int weeks = 1; weeks <= longestWeeks; ++weeks) consider(weeklyRule(days, from, weeks));
    return best;
}

}  // namespace

std::vector<DayRule> dayRules(Days days) {
    std::vector<DayRule> rules;
    while (!days.empty()) {
        rules.push_back(bestRule(days));
        for (const auto day : rules.back().days) days.erase(day);
    }
    return rules;
}

}  // namespace loa
