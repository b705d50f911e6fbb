#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scheduler/domain/order.h"

namespace loa {

// What office and station say to each other about orders.
//
// GET /v1/stations/{station}/stream is a stream of server-sent events. An order is
//   id: <number>
//   event: order
//   data: <the signed document on one line, of kind "order" or "drill", its payload toJson(Order)>
// and a newer manifest is "event: plan" with its revision as data. A comment comes each 20 s. Who comes back with
// Last-Event-ID gets, by number, the orders with a higher number that are still valid, neither cancelled nor beaten by
// a mute, and the newest mute or unmute whatever its age.

/// The payload of an order's signed document. The same order always gives the same bytes.
std::string toJson(const Order& order);

/// `kind` is that of the signed document it was in. Throws Error(malformed) when a member is missing, unknown, doubled,
/// of the wrong type, out of range or not this type's, and when the type's documentKind is another.
Order orderFromJson(std::string_view kind, std::string_view payload);

constexpr std::size_t maximumReportsInBatch = 200;
constexpr std::size_t maximumOrderSounds = 1'000;

/// The body of POST /v1/stations/{station}/order-reports: {"reports": [...]}, answered by 204 once all are durable. A
/// report that was taken before (the same order and state) and one of an order that the office does not know are
/// answered likewise.
std::string orderReportsToJson(std::span<const OrderReport> reports);
/// Throws Error(malformed); also for more than maximumReportsInBatch.
std::vector<OrderReport> orderReportsFromJson(std::string_view text);

/// The answer to GET /v1/stations/{station}/order-sounds: {"sounds": [...]}, what must lie ready at the station before
/// any order, most urgent first.
std::string orderSoundsToJson(std::span<const OrderSound> sounds);
/// Throws Error(malformed).
std::vector<OrderSound> orderSoundsFromJson(std::string_view text);

}  // namespace loa
