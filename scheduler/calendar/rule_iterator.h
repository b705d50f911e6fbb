#pragma once
#include <optional>
#include <vector>

#include "scheduler/calendar/rule.h"
#include "scheduler/calendar/zones.h"

namespace loa {

/// Walks the local times a rule falls on, ascending, without COUNT and UNTIL. Costs no more than the periods (hours,
/// days, weeks, months, years) between its bounds, however rarely the rule falls on one. Belongs to one thread.
class RuleIterator {
public:
    /// The instances from `start` (DTSTART) on that lie at or after `from`. Searches to `to`; what comes after it may
    /// or may not be given. `rule` must outlive this.
    RuleIterator(const Rule& rule, LocalTime start, LocalTime from, LocalTime to);

    /// Empty when there is none up to `to` any more.
    std::optional<LocalTime> next();

private:
    void fill();

    const Rule& rule_;
    LocalTime start_;
    LocalTime from_;
    std::int64_t last_ = 0;                    ///< the last period to search
    std::vector<std::chrono::seconds> times_;  ///< of each day; of each hour where the rule is HOURLY
    std::int64_t period_ = 0;                  ///< the next, counted in INTERVALs from that of DTSTART
    std::vector<std::chrono::local_days> days_;
    std::vector<LocalTime> found_;  ///< of the period before
    std::size_t given_ = 0;         ///< of found_
};

}  // namespace loa
