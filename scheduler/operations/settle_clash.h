#pragma once
#include <optional>
#include <vector>

#include "scheduler/domain/settlement.h"
#include "scheduler/operations/scheduler.h"

namespace loa {

/// A clash with how it stands.
struct SettledClash {
    ClashToSettle clash;
    std::optional<Settlement> settlement;  ///< empty: nobody decided
    bool isFinal = false;                  ///< the deadline has passed: what stands, stands

    /// Who airs as it stands: where nobody decided, the one from above.
    SettlementWinner winner() const { return settlement ? settlement->winner : SettlementWinner::upper; }
};

/// The clashes a commune has or had to settle at the station, within the manifest's window; by the start of the message
/// from above. Throws Error(notFound).
std::vector<SettledClash> clashesToSettle(Scheduler& scheduler, const StationId& station);

/// Decides one. Throws Error: notFound when the station has no such clash, conflict ("settle-too-late") after its
/// deadline.
SettledClash settleClash(Scheduler& scheduler, const Settlement& decision);

}  // namespace loa
