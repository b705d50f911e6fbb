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

/// Another plan than the one that is.
struct Supposing {
    std::set<EventId> without = {};  ///< as if these events had never been
    bool approved = false;           ///< as if all that is written were approved
};

/// Composes for any window from what is stored; of what lies before `now`, what was published. What is not approved
/// does not sound, with the code "not-approved". Not in a transaction that has changed the plan itself: see EventShelf.
Plan composePlan(ReadTransaction& transaction, EventShelf& events, const OfficeRules& office, const Station& station,
                 Interval window, Instant now, const Supposing& supposing = {});

/// When the station may air, by the office's rules.
StationAirtime airtimeOf(const OfficeRules& office, const Station& station, Day first, Day last);

}  // namespace loa
