#pragma once
#include <vector>

#include "scheduler/calendar/components.h"
#include "scheduler/calendar/write_feed.h"

namespace loa {

/// The VEVENTs of an event, the master first, in the form that every calendar program understands: exclusions are
/// instants, extra dates have no length, overrides are of one occurrence each and say their title. What is cancelled or
/// dropped is an exclusion. A series with overrides of THISANDFUTURE ends with the window, where they were last looked
/// at. Empty where nothing sounds from window.start on.
std::vector<Component> plainSeries(const FeedEvent& event, Interval window);

}  // namespace loa
