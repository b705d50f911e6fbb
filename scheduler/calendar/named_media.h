#pragma once
#include <set>

#include "scheduler/domain/event.h"

namespace loa {

/// All media an event may ever sound: the series', its overrides', single stations'. Throws Error(malformed) for a text
/// that is none of Loa's.
std::set<MediaId> namedMedia(const Event& event);

}  // namespace loa
