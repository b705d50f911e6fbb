#pragma once
#include <span>
#include <vector>

#include "scheduler/domain/airing.h"
#include "scheduler/domain/as_run.h"
#include "scheduler/domain/published_slot.h"

namespace loa {

/// How long a station has after a slot's end to report it.
constexpr Milliseconds defaultReportDeadline = std::chrono::hours{48};

/// Every slot beside what became of it: one line for each slot, whatever number of attempts, in any order, however
/// often each is given. No airing: `unknown`, and overdue once the deadline has passed. Full frames over all attempts
/// and a first start within tolerance: `aired`; within grace: `airedLate`; else the best that any attempt that sounded
/// says, but at most `partial`. A slot withdrawn before its start has no line, unless it sounded: then the line is
/// `unplanned`. So is each line for an airing of a slot nobody knows. Ordered by station, planned start, slot.
std::vector<AsRun> reconcile(std::span<const PublishedSlot> slots, std::span<const Airing> airings, Instant now,
                             Milliseconds reportDeadline = defaultReportDeadline, const Thresholds& thresholds = {});

}  // namespace loa
