#pragma once
#include <set>
#include <vector>

#include "scheduler/domain/assignment.h"
#include "scheduler/domain/manifest.h"
#include "scheduler/domain/settlement.h"
#include "scheduler/operations/event_shelf.h"
#include "scheduler/operations/office_rules.h"
#include "scheduler/planning/station_airtime.h"

namespace loa {

/// What a station shall sound, and what was refused, as the plan stands now.
struct Plan {
    Manifest manifest;                ///< revision 0 when nothing was published yet
    std::vector<Rejection> rejected;  ///< each with its reason
    std::vector<ClashToSettle> toSettle;
};

/// Composes for any window from what is stored; of what lies before `now`, what was published. Without the events in
/// `without`, as if they had never been. Not in a transaction that has changed the plan itself: see EventShelf.
Plan composePlan(ReadTransaction& transaction, EventShelf& events, const OfficeRules& office, const Station& station,
                 Interval window, Instant now, const std::set<EventId>& without = {});

/// When the station may air, by the office's rules.
StationAirtime airtimeOf(const OfficeRules& office, const Station& station, Day first, Day last);

}  // namespace loa
