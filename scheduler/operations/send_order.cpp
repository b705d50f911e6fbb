// Who sends holds the turn (station_lines.h) from the number to the last station that listens. Nothing here waits for a
// station: what a line cannot take is sent when the station comes back.
#include "scheduler/operations/send_order.h"

#include <functional>

#include "scheduler/operations/audit.h"
#include "scheduler/operations/audit_facts.h"
#include "scheduler/operations/make_order.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/operations/order_document.h"
#include "scheduler/operations/publish_manifest.h"
#include "scheduler/operations/sight.h"
#include "scheduler/operations/station_lines.h"
#include "scheduler/planning/order_steps.h"
#include "scheduler/storage/order_repository.h"
#include "scheduler/storage/order_template_repository.h"
#include "scheduler/storage/review_repository.h"

namespace loa {
namespace {

/// So long a cancel is told to stations that come back: whatever it ends is over by then.
constexpr Milliseconds cancelLife = std::chrono::hours{24};

struct OrderWithStations {
    OfficeOrder order;
    std::vector<OrderAtStation> stations;
};

OrderWithStations sought(ReadTransaction& transaction, const Scheduler& scheduler, Right right, const OrderId& id) {
    auto order = OrderRepository::find(transaction, id);
    auto stations = OrderRepository::stations(transaction, id);
    if (!order || Sight{transaction, scheduler}.shown(stations).empty()) throw noSuchOrder(id);
    requireRightAtAll(transaction, scheduler, right, stations);
    return {*std::move(order), std::move(stations)};
}

void requireNone(const std::optional<Refusal>& why) {
    if (why) throw Error{Fault::conflict, why->code, why->words};
}

OrderCase caseOf(ReadTransaction& transaction, const Scheduler& scheduler, const OrderWithStations& found) {
    OrderCase asked;
    asked.order = found.order;
    asked.actor = scheduler.actor.name;
    asked.now = scheduler.clock.now();
    if (const auto& from = found.order.from) {
        const auto made = OrderTemplateRepository::find(transaction, *from);
        asked.isReady = made && made->approved;
    }
    if (const auto& sound = found.order.sound)
        asked.wasHeard = ReviewRepository::hearing(transaction, asked.actor, sound->media).complete();
    std::vector<AreaId> areas;
    for (const auto& each : found.stations) areas.push_back(each.area);
    asked.isNarrow = isNarrow(scheduler.manifests.office(transaction)->places, areas);
    return asked;
}

/// It gets its number; another that it ends is over.
void release(WriteTransaction& transaction, const Scheduler& scheduler, OfficeOrder& order) {
    order.state = OrderState::sent;
    order.sentBy = scheduler.actor.name;
    order.sent = scheduler.clock.now();
    order.validUntil = order.validFor > Milliseconds{0} ? *order.sent + order.validFor : withoutEnd;
    order.number = OrderRepository::takeNumber(transaction);
    if (!order.of) return;
    auto other = OrderRepository::find(transaction, *order.of);
    if (!other) return;
    other->state = OrderState::cancelled;
    OrderRepository::save(transaction, *other);
}

/// What `take` has released, told to all of its stations.
OfficeOrder sent(Scheduler& scheduler, const std::function<OrderWithStations(WriteTransaction&)>& take) {
    const auto turn = scheduler.lines.turn();
    const auto taken = scheduler.database.write(take);
    const auto& order = taken.order;
    if (order.number == 0) return order;
    for (const auto& each : taken.stations)
        if (scheduler.lines.isOpen(each.station))
            scheduler.lines.tellOrder(each.station, order.number,
                                      orderDocument(order, each.station, scheduler.signingKey));
    return order;
}

OrderWithStations released(WriteTransaction& transaction, const Scheduler& scheduler, OrderWithStations found,
                           const char* verb) {
    const auto before = auditFacts(found.order);
    release(transaction, scheduler, found.order);
    OrderRepository::save(transaction, found.order);
    audit(transaction, scheduler, verb, auditObject(found.order.id), before, auditFacts(found.order));
    return found;
}

/// A new order that goes out at once.
OfficeOrder newOrder(const Scheduler& scheduler, OrderType type) {
    OfficeOrder order;
    order.id = newOrderId();
    order.type = type;
    order.madeBy = scheduler.actor.name;
    order.made = scheduler.clock.now();
    return order;
}

OfficeOrder setSilence(Scheduler& scheduler, OrderType type, const Target& place, const char* verb) {
    return sent(scheduler, [&](WriteTransaction& transaction) {
        OrderWithStations told{newOrder(scheduler, type), stationsOf(transaction, scheduler, {place})};
        requireRightAtAll(transaction, scheduler, Right::mute, told.stations);
        release(transaction, scheduler, told.order);
        OrderRepository::add(transaction, told.order, told.stations);
        audit(transaction, scheduler, verb, std::visit([](const auto& id) { return auditObject(id); }, place), {},
              auditFacts(told.order, told.stations));
        return told;
    });
}

}  // namespace

OfficeOrder confirmOrder(Scheduler& scheduler, const OrderId& id, OrderType said) {
    return sent(scheduler, [&](WriteTransaction& transaction) {
        auto found = sought(transaction, scheduler, Right::confirmOrders, id);
        auto asked = caseOf(transaction, scheduler, found);
        asked.said = said;
        requireNone(refusalOfConfirming(asked));
        return released(transaction, scheduler, std::move(found), "confirm-order");
    });
}

OfficeOrder sendOrderAlone(Scheduler& scheduler, const OrderId& id) {
    return sent(scheduler, [&](WriteTransaction& transaction) {
        auto found = sought(transaction, scheduler, Right::giveOrders, id);
        requireNone(refusalOfSendingAlone(caseOf(transaction, scheduler, found)));
        found.order.alone = true;
        return released(transaction, scheduler, std::move(found), "send-order-alone");
    });
}

OfficeOrder cancelOrder(Scheduler& scheduler, const OrderId& id) {
    return sent(scheduler, [&](WriteTransaction& transaction) {
        auto found = sought(transaction, scheduler, Right::mute, id);
        requireNone(refusalOfCancelling(found.order, scheduler.clock.now()));
        auto cancelled = found.order;
        cancelled.state = OrderState::cancelled;
        OrderRepository::save(transaction, cancelled);
        audit(transaction, scheduler, "cancel-order", auditObject(id), auditFacts(found.order), auditFacts(cancelled));
        if (!found.order.sent) return OrderWithStations{cancelled, {}};
        auto cancel = newOrder(scheduler, OrderType::cancel);
        cancel.title = cancelled.title;
        cancel.of = id;
        cancel.validFor = cancelLife;
        release(transaction, scheduler, cancel);
        OrderRepository::add(transaction, cancel, found.stations);
        return OrderWithStations{cancel, std::move(found.stations)};
    });
}

OfficeOrder mute(Scheduler& scheduler, const Target& place) {
    return setSilence(scheduler, OrderType::mute, place, "mute");
}

OfficeOrder unmute(Scheduler& scheduler, const Target& place) {
    return setSilence(scheduler, OrderType::unmute, place, "unmute");
}

}  // namespace loa
