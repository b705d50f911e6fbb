#pragma once
#include "api/wire/json.h"
#include "scheduler/domain/event.h"
#include "scheduler/domain/manifest.h"
#include "scheduler/domain/media_item.h"
#include "scheduler/domain/occurrence.h"

namespace loa {

Json toJson(const MediaItem& item);
Json toJson(const Event& event);
Json toJson(const Occurrence& occurrence);
Json toJson(const Rejection& rejection);
Json toJson(const Slot& slot);
Slot slotFrom(ObjectReader reader);

/// "station:<id>" or "area:<id>".
std::string toText(const Target& target);
/// Throws Error(invalid).
Target targetFromText(std::string_view text);

}  // namespace loa
