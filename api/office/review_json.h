#pragma once
#include <optional>
#include <string>
#include <vector>

#include "api/wire/json.h"
#include "scheduler/operations/review_events.h"

namespace loa {

Json toJson(const ReviewedEvent& reviewed);
Json toJson(const std::vector<ReviewedEvent>& reviews);
Json toJson(const Hearing& hearing);

/// {"reason": …}; empty where there is none.
std::string reasonFromJson(const std::string& text);

}  // namespace loa
