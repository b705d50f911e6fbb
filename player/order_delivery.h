#pragma once
#include <optional>
#include <vector>

#include "player/pace.h"
#include "player/spool/spool.h"
#include "player/uplink/uplink.h"

namespace loa {

/// Decides when to tell the office what became of its orders, which is at once and until it has it, and when to ask
/// what must lie ready for the next one. Used by the agent's thread; never waits.
class OrderDelivery {
public:
    OrderDelivery(const StationId& station, Spool& spool, Uplink& uplink);

    /// A report was written.
    void reportsChanged() { mayWait_ = true; }
    /// With the next turn what must lie ready is asked for, unless that is under way.
    void askForSounds() { asked_ = true; }

    /// Makes the requests that are due. Throws what the store throws.
    void turn(Milliseconds sinceBoot);

    /// Throws what the store throws; the reports are then sent again.
    void received(const OrderReportsReceived&, Milliseconds sinceBoot, Instant now);
    void received(const OrderSoundsFetched&, Milliseconds sinceBoot);
    /// Of one of the two.
    void received(const RequestFailed& answer, Milliseconds sinceBoot);

private:
    Spool& spool_;
    Uplink& uplink_;
    int jitter_;
    bool mayWait_ = true;
    bool asked_ = false;
    Pace reports_;
    Pace sounds_;
    std::vector<WaitingReport> sent_;  ///< under way
};

}  // namespace loa
