#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "scheduler/calendar/components.h"
#include "scheduler/calendar/rule.h"
#include "scheduler/calendar/values.h"
#include "scheduler/domain/event.h"

namespace loa {

/// What one VEVENT says about when something sounds, and as what.
struct Sounding {
    TimeValue start;  ///< never floating; a day has its zone too
    Length length;
    bool silent = false;  ///< CANCELLED or TRANSPARENT: no occurrence
    std::string title;
    std::optional<Source> source;
};

/// A VEVENT with a RECURRENCE-ID.
struct Override {
    Instant original;
    bool andFuture = false;  ///< RANGE=THISANDFUTURE
    Sounding sounding;
    int line = 0;
};

/// A master with its overrides, as values: everything an expansion needs.
struct Series {
    EventId id;
    Sounding sounding;
    bool cancelled = false;  ///< the master is CANCELLED: overrides do not sound either
    std::optional<Rule> rule;
    std::optional<Instant> until;                      ///< of the rule; inclusive
    std::map<Instant, std::optional<Instant>> extras;  ///< RDATE: start, and the end where it is a PERIOD
    std::set<Instant> excluded;                        ///< EXDATE
    std::set<Interval> excludedDays;                   ///< EXDATE as a DATE where the start is a DATE-TIME
    std::map<Instant, Override> overrides;             ///< of one instance, by original
    std::map<Instant, Override> rangeOverrides;        ///< of one instance and all after it
};

/// Reads the VEVENTs of one UID, in canonical form (canonical.h). Throws Error (invalid) with the line for what
/// contradicts itself: end before start, other value types, two masters, an override without its master.
Series readSeries(const std::vector<Component>& events);

/// What the RECURRENCE-ID of an override names; its days are of `dayZone`.
TimeValue originalOf(const Component& event, const std::string& dayZone);

/// The THISANDFUTURE override that speaks for an original, or nullptr.
const Override* rangeAt(const Series& series, Instant original);

}  // namespace loa
