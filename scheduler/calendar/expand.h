#pragma once
#include <vector>

#include "scheduler/domain/event.h"
#include "scheduler/domain/occurrence.h"

namespace loa {

constexpr int occurrencesLimit = 50'000;  ///< of one call

/// All occurrences of the event that overlap the window (one of no length: when its start is inside), ordered by start,
/// then original. Overrides are merged, CANCELLED and TRANSPARENT ones are left out.
/// Throws Error (invalid, "too-many-occurrences") over occurrencesLimit. May be called from several threads.
std::vector<Occurrence> expand(const Event& event, Interval window);

}  // namespace loa
