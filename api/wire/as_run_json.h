#pragma once
#include "api/wire/json.h"
#include "scheduler/domain/as_run.h"

namespace loa {

/// One line of GET /v1/as-run; `words` are the result and reason for people.
Json toJson(const AsRun& line, const Words& words);

}  // namespace loa
