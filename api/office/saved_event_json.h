#pragma once
#include "api/wire/json.h"
#include "scheduler/operations/edit_event.h"
#include "scheduler/operations/import_events.h"
#include "scheduler/operations/settle_clash.h"

namespace loa {

/// The event, what it collides with, and where its stations are closed.
Json toJson(const SavedEvent& saved);
Json toJson(const SavedEvents& saved);
Json toJson(const ImportedEvents& imported);
Json toJson(const EditedEvents& edited);
Json toJson(const SettledClash& clash);

}  // namespace loa
