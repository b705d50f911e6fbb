#pragma once
#include "api/wire/json.h"
#include "scheduler/domain/settlement.h"

namespace loa {

Json toJson(const ClashToSettle& clash);
Json toJson(const Settlement& settlement);
/// {"upper": {"event", "original"}, "own": {"event", "original"}, "winner"}; station and time are the caller's to fill
/// in.
Settlement settlementFromJson(std::string_view text);

}  // namespace loa
