#pragma once
#include <chrono>
#include <set>
#include <string>
#include <vector>

namespace loa {

/// Days as one recurrence rule says them (RFC 5545 3.3.10). Not more than `first` means once.
struct DayRule {
    std::string pattern;                          ///< "FREQ=DAILY;INTERVAL=4"; empty: once
    std::vector<std::chrono::sys_days> days;      ///< on which it falls, ascending, never empty
    std::vector<std::chrono::sys_days> excluded;  ///< on which it would fall too
};

/// The days as few rules, each day in one of them. A rule is taken where it spares more single days than it needs
/// exclusions.
std::vector<DayRule> dayRules(std::set<std::chrono::sys_days> days);

}  // namespace loa
