#pragma once
#include <functional>
#include <string>

#include "api/http/response.h"
#include "api/wire/json.h"
#include "scheduler/operations/planned_days.h"
#include "scheduler/operations/scheduler.h"

namespace loa {

/// What `make` gives, with its ETag. It depends on nothing but what is stored and the time, and is made once for each
/// second in which nothing changes; `name` tells one thing asked for from another: its parts have '\n' between
/// them, which no address holds.
/// The part of a name that tells days from others.
std::string nameOf(const DaySpan& span);

Response keptAnswer(Scheduler& scheduler, const std::string& name, const std::function<Json()>& make);

}  // namespace loa
