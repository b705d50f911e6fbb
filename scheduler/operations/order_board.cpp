#include "scheduler/operations/order_board.h"

#include "scheduler/operations/audit.h"
#include "scheduler/operations/audit_facts.h"
#include "scheduler/operations/may.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/operations/sight.h"
#include "scheduler/planning/order_steps.h"
#include "scheduler/storage/order_repository.h"
#include "scheduler/storage/station_repository.h"

namespace loa {
namespace {

SeenOrder seen(ReadTransaction& transaction, const Scheduler& scheduler, OfficeOrder order) {
    const auto now = scheduler.clock.now();
    SeenOrder shown;
    shown.stations = Sight{transaction, scheduler}.shown(OrderRepository::stations(transaction, order.id));
    if (order.sent)
        for (const auto& each : shown.stations) shown.reached.push_back(reachedAt(each.reports, *order.sent, now));
    order.state = stateAt(order, now);
    shown.order = std::move(order);
    return shown;
}

}  // namespace

std::vector<SeenOrder> ordersInSight(Scheduler& scheduler) {
    return scheduler.database.read([&](ReadTransaction& transaction) {
        std::vector<SeenOrder> all;
        for (auto& order : OrderRepository::newest(transaction, ordersShown))
            if (auto shown = seen(transaction, scheduler, std::move(order)); !shown.stations.empty())
                all.push_back(std::move(shown));
        return all;
    });
}

SeenOrder orderInSight(Scheduler& scheduler, const OrderId& id) {
    return scheduler.database.read([&](ReadTransaction& transaction) {
        auto order = OrderRepository::find(transaction, id);
        if (!order) throw noSuchOrder(id);
        auto shown = seen(transaction, scheduler, *std::move(order));
        if (shown.stations.empty()) throw noSuchOrder(id);
        return shown;
    });
}

std::vector<StationMute> mutesInSight(Scheduler& scheduler) {
    return scheduler.database.read([&](ReadTransaction& transaction) {
        const Sight sight{transaction, scheduler};
        auto all = OrderRepository::mutes(transaction);
        std::erase_if(all, [&](const StationMute& mute) { return !sight.target(mute.station); });
        return all;
    });
}

void acceptOrderReports(Scheduler& scheduler, const StationId& station, const std::vector<OrderReport>& reports) {
    scheduler.database.write([&](WriteTransaction& transaction) {
        if (!StationRepository::find(transaction, station)) throw noSuchStation(station);
        for (const auto& report : reports)
            OrderRepository::keepReport(transaction, station, report, scheduler.clock.now());
    });
}

std::vector<StationId> drillStationsInSight(Scheduler& scheduler) {
    return scheduler.database.read([&](ReadTransaction& transaction) {
        const Sight sight{transaction, scheduler};
        auto all = OrderRepository::drillStations(transaction);
        std::erase_if(all, [&](const StationId& station) { return !sight.target(station); });
        return all;
    });
}

void setDrills(Scheduler& scheduler, const StationId& id, bool takesPart) {
    scheduler.database.write([&](WriteTransaction& transaction) {
        const auto station = StationRepository::find(transaction, id);
        if (!station || !scheduler.standing.sees(station->area)) throw noSuchStation(id);
        requireRight(scheduler, Right::checkStations, station->area);
        takesPart ? OrderRepository::joinDrills(transaction, id) : OrderRepository::leaveDrills(transaction, id);
        audit(transaction, scheduler, takesPart ? "join-drills" : "leave-drills", auditObject(id), {},
              {{"drills", takesPart}});
    });
}

}  // namespace loa
