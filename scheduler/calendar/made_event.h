#pragma once
#include <vector>

#include "scheduler/calendar/values.h"
#include "scheduler/domain/event.h"

namespace loa {

/// The event of VEVENTs that Loa itself wrote, the master first: read and checked exactly as an imported one. Throws
/// what readEvents throws, with line 0, since the line would be one of a text nobody has seen.
Event madeEvent(const std::vector<Component>& components);

/// What a person enters. Throw Error (invalid, line 0): "no-title" where nothing is left of it; "no-duration" where it
/// is not more than 0. An all-day event lasts whole days, `ofDays`; the length is rounded up to whole seconds.
std::string titleFrom(const std::string& text);
Length lengthFrom(Milliseconds duration, bool ofDays = false);

}  // namespace loa
