#pragma once
#include <string_view>
#include <vector>

#include "api/wire/json.h"
#include "scheduler/domain/airtime.h"

namespace loa {

/// {"periods": [...]}: the rules of one area, each with its validity.
Json toJson(const std::vector<Airtime>& rules);
/// Throws Error(malformed) naming the member. What the values mean together is not looked at here.
std::vector<Airtime> airtimesFromJson(const AreaId& area, std::string_view text);

/// "mon", "tue" … "sun", Monday first.
Json toJson(const Weekdays& weekdays);

}  // namespace loa
