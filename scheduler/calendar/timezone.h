#pragma once
#include <map>
#include <string>
#include <vector>

#include "scheduler/calendar/components.h"
#include "scheduler/domain/time.h"

namespace loa {

/// The zones that VEVENTs in canonical form name, each with the earliest time it is used for.
std::map<std::string, Instant> zonesUsed(const std::vector<Component>& events);

/// A VTIMEZONE for programs that do not know the name: the offset in force at `from` and the changes of the 20 years
/// after. For Asia/Ho_Chi_Minh that is one STANDARD of +0700.
Component timezone(const std::string& zone, Instant from);

}  // namespace loa
