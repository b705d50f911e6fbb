#pragma once
#include "scheduler/domain/event.h"
#include "scheduler/domain/office_order.h"
#include "scheduler/operations/scheduler.h"

namespace loa {

// Each of these, as scheduler.actor, in one transaction; then every station that listens is told at once, and the
// others when they come back. All throw Error(notFound) where the actor sees none of the order's stations, and
// Error(forbidden) unless they hold the right at all of them.

/// The second person lets it sound; `said` is what they take it for. Throws Error(conflict) with the codes of
/// refusalOfConfirming (planning/order_steps.h).
OfficeOrder confirmOrder(Scheduler& scheduler, const OrderId& id, OrderType said);
/// One person alone lets it sound, for all to see. Throws Error(conflict) with the codes of refusalOfSendingAlone.
OfficeOrder sendOrderAlone(Scheduler& scheduler, const OrderId& id);
/// One person ends it, or takes it back before it was sent. Throws Error(conflict, "nothing-to-cancel").
OfficeOrder cancelOrder(Scheduler& scheduler, const OrderId& id);

/// One person silences a station, or an area with all below it, until further notice; each call anew, so that it also
/// ends an emergency that came after the last. Gives the order that says so. Throws Error: notFound; conflict
/// "no-stations".
OfficeOrder mute(Scheduler& scheduler, const Target& place);
OfficeOrder unmute(Scheduler& scheduler, const Target& place);

}  // namespace loa
