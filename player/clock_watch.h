#pragma once
#include <string>

#include "player/clock/trust.h"
#include "player/spool/spool.h"
#include "scheduler/domain/clock.h"

namespace loa {

/// Looks at the machine's clocks and gathers what is known of the true time; what was good is on disk, so that it
/// outlives the player and, as a lower bound, the machine's power. Used by the agent's thread.
class ClockWatch {
public:
    ClockWatch(const Clock& clock, Spool& spool, const std::string& bootId);

    /// How far the wall clock is believed now.
    ClockVerdict look();
    /// What was read at the last look.
    const ClockReading& reading() const { return reading_; }
    /// The office has said the time.
    void hear(const KnownTime& office) { evidence_.office = office; }
    /// Writes down that the clock is good, each ten minutes or, `atOnce`, now. Throws what the store throws.
    void keep(bool atOnce = false);

private:
    const Clock& clock_;
    Spool& spool_;
    std::string bootId_;
    ClockReading reading_;
    ClockEvidence evidence_;
    std::optional<Milliseconds> kept_;  ///< since boot: what is on disk
};

}  // namespace loa
