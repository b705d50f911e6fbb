#pragma once
#include "config/scheduler_config.h"

namespace loa {

/// Runs the scheduler until SIGTERM or SIGINT. Returns the exit code; throws Error when it cannot start.
int serve(const SchedulerConfig& config);

}  // namespace loa
