#pragma once
#include "scheduler/domain/event.h"

namespace loa {

/// Whether two events say the same, SEQUENCE included, whenever and in whatever order their calendar program wrote it:
/// DTSTAMP, CREATED and LAST-MODIFIED tell of the writing, and most programs set them anew with every export.
bool sameContent(const Event& one, const Event& other);

}  // namespace loa
