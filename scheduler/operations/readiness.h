#pragma once
#include "scheduler/operations/scheduler.h"

namespace loa {

/// Passes one empty write transaction through the store. Throws Error(unavailable) when it cannot.
void requireWritableStore(Scheduler& scheduler);

}  // namespace loa
