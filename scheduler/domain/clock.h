#pragma once
#include "scheduler/domain/time.h"

namespace loa {

/// Where "now" comes from. Only the agent loop, the operations and main hold one; everything else is told the time.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;             ///< wall clock, UTC
    virtual Milliseconds sinceBoot() const = 0;  ///< CLOCK_BOOTTIME: never steps, counts through suspend
    /// Whether the kernel says that something keeps the wall clock right (NTP, most often). False is the lack of a
    /// word, not a word against it.
    virtual bool synchronised() const = 0;
};

/// The machine's clocks: the only place that reads them for instants.
class SystemClock final : public Clock {
public:
    Instant now() const override;
    Milliseconds sinceBoot() const override;
    bool synchronised() const override;
};

}  // namespace loa
