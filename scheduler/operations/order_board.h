#pragma once
#include <map>
#include <vector>

#include "scheduler/domain/office_order.h"
#include "scheduler/operations/scheduler.h"

namespace loa {

/// An order as the actor may see it.
struct SeenOrder {
    OfficeOrder order;                     ///< its state as it is now
    std::vector<OrderAtStation> stations;  ///< of these, those in their sight
    std::vector<Reached> reached;          ///< how far it has come at each; none before it is sent
};

constexpr int ordersShown = 50;

/// The newest ordersShown at all, as far as they are in the actor's sight; newest first.
std::vector<SeenOrder> ordersInSight(Scheduler& scheduler);
/// Throws Error(notFound).
SeenOrder orderInSight(Scheduler& scheduler, const OrderId& id);
/// The stations in sight that are silent, by id.
std::vector<StationMute> mutesInSight(Scheduler& scheduler);

/// What a station reports of its orders, durable when this returns. Taking a report again, or one of an order that is
/// not known, is fine. Throws Error(notFound).
void acceptOrderReports(Scheduler& scheduler, const StationId& station, const std::vector<OrderReport>& reports);

/// The stations in sight that take part in drills, by id.
std::vector<StationId> drillStationsInSight(Scheduler& scheduler);
/// Throws Error: notFound; forbidden.
void setDrills(Scheduler& scheduler, const StationId& station, bool takesPart);

}  // namespace loa
