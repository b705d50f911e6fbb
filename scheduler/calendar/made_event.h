#pragma once
#include <vector>

#include "scheduler/calendar/components.h"
#include "scheduler/domain/event.h"

namespace loa {

/// The event of VEVENTs that Loa itself wrote, the master first: read and checked exactly as an imported one. Throws
/// what readEvents throws, with line 0, since the line would be one of a text nobody has seen.
Event madeEvent(const std::vector<Component>& components);

}  // namespace loa
