#pragma once
#include "scheduler/operations/scheduler.h"

namespace loa {

/// How long one beat counts.
constexpr Milliseconds heartbeatLife = std::chrono::seconds{30};

/// Writes one row, durably. For the upkeep, every few seconds. Throws Error(unavailable) when the store does not take
/// it.
void beatHeart(Scheduler& scheduler);

/// Throws Error(unavailable, "store-not-writable") unless a beat was written within heartbeatLife. Reads only: anybody
/// may ask.
void requireWritableStore(Scheduler& scheduler);

}  // namespace loa
