#pragma once
#include <memory>
#include <optional>

#include "scheduler/calendar/rule.h"
#include "scheduler/calendar/zones.h"

struct icalrecur_iterator_impl;

namespace loa {

/// Walks the local times a rule falls on, ascending, without COUNT and UNTIL. Belongs to one thread.
class RuleIterator {
public:
    /// From the first instance at or after `start`; skips quickly over most of what lies before `from`.
    RuleIterator(const Rule& rule, LocalTime start, LocalTime from);

    /// Empty when the rule falls on nothing any more (libical ends in the year 2582).
    std::optional<LocalTime> next();

private:
    struct Free {
        void operator()(icalrecur_iterator_impl* iterator) const;
    };
    LocalTime firstWeek_;                                      ///< the WKST midnight at or before DTSTART
    std::chrono::weeks period_{1};                             ///< every how many weeks counts; 1 but for WEEKLY
    std::unique_ptr<icalrecur_iterator_impl, Free> iterator_;  ///< empty for a rule that never matches
};

}  // namespace loa
