#pragma once
#include <string_view>

#include "api/wire/json.h"
#include "scheduler/operations/edit_event.h"

namespace loa {

/// A new event as a planner fills it in. Throws Error(malformed) naming the member; invalid for a target or local time
/// that cannot be read.
EventDraft eventDraftFromJson(std::string_view text);

/// {"scope": "all" | "following" | "occurrence" | "station", "original", "station", "change" | "drop" | "restore"}.
/// Throws likewise.
EventEdit eventEditFromJson(std::string_view text);

}  // namespace loa
