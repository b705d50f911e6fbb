#pragma once
#include <string_view>

#include "api/wire/json.h"
#include "scheduler/operations/make_order.h"
#include "scheduler/operations/order_board.h"
#include "scheduler/operations/order_templates.h"

namespace loa {

/// Bodies of the office's people about orders. All readers throw Error(malformed), and Error(invalid, "bad-order") for
/// members that do not go together.

Json toJson(const OrderTemplate& made);
Json toJson(const SeenOrder& seen);
/// Each station of it, with how far it has come there.
Json boardJson(const SeenOrder& seen);
Json toJson(const StationMute& mute);

OrderWish orderWishFromJson(std::string_view text);
TemplateWish templateWishFromJson(std::string_view text);
/// {"type": …}: what somebody takes an order for.
OrderType saidTypeFromJson(std::string_view text);

}  // namespace loa
