// What orders ask for, from the orders the station holds and nothing else: which is over and why, which comes first,
// whether the plan may sound. Pure; the sounding of the one that comes first is in order_air.cpp.
#include <algorithm>

#include "player/playout/step.h"
#include "player/playout/turn.h"

namespace loa {
namespace {

constexpr Milliseconds clockBehindOrder{300'000};

const HeldOrder* heldOrder(const Turn& turn, const OrderId& id) {
    const auto& orders = turn.facts.orders;
    const auto found =
        std::find_if(orders.begin(), orders.end(), [&](const HeldOrder& held) { return held.order.id == id; });
    return found == orders.end() ? nullptr : &*found;
}

bool isOnItsWay(const Turn& turn, const OrderId& id) {
    return turn.playout.order && turn.playout.order->order.id == id;
}

/// A later emergency, and a later correction of one; a drill is no reason to break a silence.
bool beats(const Order& order, const Order& mute) {
    return order.number > mute.number && (order.type == OrderType::emergency || order.type == OrderType::correct);
}

/// Where the clock cannot be believed, as when it is behind the order itself, the office's word counts: it sends what
/// is valid, and no longer than it was meant to be can have passed since.
bool stillValid(const Turn& turn, const HeldOrder& held) {
    const bool behind = turn.facts.now < held.order.issued - clockBehindOrder;
    if (routineMaySound(turn.facts.clockTrust) && !behind) return turn.facts.now < held.order.validUntil;
    return held.received && turn.facts.sinceBoot - *held.received < held.order.validUntil - held.order.issued;
}

WriteOrderReport reportOf(const Turn& turn, const Order& order, OrderProgress state, std::string detail, bool ended) {
    return {{order.id, state, turn.facts.now, 0, std::move(detail)}, ended};
}

/// Why a sounding order is over that has not sounded to its end; empty: it is not.
std::optional<WriteOrderReport> whyOver(const Turn& turn, const HeldOrder& held) {
    const auto& order = held.order;
    const auto over = [&](OrderProgress state, std::string detail) {
        return reportOf(turn, order, state, std::move(detail), true);
    };
    for (const auto& other : turn.facts.orders)
        if (other.order.of == order.id)
            return over(OrderProgress::cancelled, "by order " + std::to_string(other.order.number));
    if (const auto* mute = muteInForce(turn.facts); mute && !beats(order, *mute))
        return over(OrderProgress::cancelled, "muted by order " + std::to_string(mute->number));
    if (isOnItsWay(turn, order.id) && turn.playout.order->signal != 0) return std::nullopt;
    if (turn.facts.quarantined.contains(order.sound->media))
        return over(OrderProgress::refused, "its file did not decode twice and is in quarantine");
    if (!stillValid(turn, held))
        return over(OrderProgress::refused, held.state == OrderProgress::sounding
                                                ? "it began, and its time was over before it had sounded to its end"
                                                : "its time was over before it could sound");
    return std::nullopt;
}

bool isReportedOver(const Turn& turn, const OrderId& id) {
    const auto& reports = turn.playout.orderReports;
    return std::any_of(reports.begin(), reports.end(),
                       [&](const WriteOrderReport& written) { return written.ended && written.report.order == id; });
}

/// An order without a sound holds once nothing sounds that it forbids, and what it cancels will not begin after a
/// restart.
bool holds(const Turn& turn, const Order& order) {
    if (order.of) return !heldOrder(turn, *order.of);
    if (order.type == OrderType::unmute) return true;
    if (turn.playout.order && !beats(turn.playout.order->order, order)) return false;
    return std::none_of(turn.playout.attempts.begin(), turn.playout.attempts.end(), [](const Attempt& attempt) {
        return std::holds_alternative<Starting>(attempt.phase) || std::holds_alternative<OnAir>(attempt.phase);
    });
}

void keepWhatCame(const Turn& turn) {
    auto& came = turn.playout.cameOrders;
    for (auto order = came.begin(); order != came.end();) {
        const auto& next = order->order;
        const auto* held = heldOrder(turn, next.id);
        const bool another = next.station != turn.facts.station;
        if (another || (next.number <= turn.facts.lastOrder && !held)) {
            const auto why = another ? "it is for station " + next.station.text()
                                     : "order " + std::to_string(turn.facts.lastOrder) + " is held already";
            turn.give(reportOf(turn, next, OrderProgress::refused, why, true));
            order = came.erase(order);
        } else {
            ++order;
        }
    }
    if (turn.facts.sinceBoot < turn.playout.writesFrom) return;
    for (const auto& order : came) turn.give(KeepOrder{order.order, order.document});
}

void settle(const Turn& turn, const HeldOrder& held) {
    const auto& order = held.order;
    if (isReportedOver(turn, order.id)) return;
    if (!sounds(order.type)) {
        if (held.state == OrderProgress::received && holds(turn, order))
            report(turn, reportOf(turn, order, OrderProgress::sounding, "", order.type == OrderType::cancel));
        return;
    }
    if (const auto over = whyOver(turn, held)) {
        if (isOnItsWay(turn, order.id)) return endOrder(turn, over);
        // What it corrects is over first, or that would begin again after a restart.
        if (!order.of || !heldOrder(turn, *order.of)) report(turn, *over);
    } else if (held.state == OrderProgress::received && !turn.facts.ready.contains(order.sound->media)) {
        report(turn, reportOf(turn, order, OrderProgress::fetching, "", false));
    }
}

/// What lives comes before what is tried out, and the newest before what is older.
bool comesFirst(const Order& order, const Order& other) {
    const bool drill = order.type == OrderType::drill;
    const bool otherDrill = other.type == OrderType::drill;
    return drill == otherDrill ? order.number > other.number : otherDrill;
}

/// The order that should be on air now.
const Order* first(const Turn& turn) {
    const Order* found = nullptr;
    for (const auto& held : turn.facts.orders) {
        const auto& order = held.order;
        if (!sounds(order.type) || isReportedOver(turn, order.id) || whyOver(turn, held)) continue;
        if (!isOnItsWay(turn, order.id) && !turn.facts.ready.contains(order.sound->media)) continue;
        if (!found || comesFirst(order, *found)) found = &order;
    }
    return found;
}

/// Given out again by every step until the facts show that they are durable.
void writeReports(const Turn& turn) {
    auto& reports = turn.playout.orderReports;
    std::erase_if(reports, [&](const WriteOrderReport& written) {
        const auto* held = heldOrder(turn, written.report.order);
        return !held || (!written.ended && held->state >= written.report.state);
    });
    if (turn.facts.sinceBoot < turn.playout.writesFrom) return;
    for (const auto& written : reports) turn.give(written);
}

void makeRoom(const Turn& turn) {
    if (const auto* mute = muteInForce(turn.facts))
        stopWhere(turn, MissReason::preempted, "muted by order " + std::to_string(mute->number),
                  [](const Attempt&) { return true; });
    if (!turn.playout.order) return;
    const auto stage = turn.playout.order->stage;
    const bool audible = stage == OrderAir::Stage::signal || stage == OrderAir::Stage::message;
    stopWhere(turn, MissReason::preempted, ordersForbid(turn).value_or(""), [&](const Attempt& attempt) {
        return audible || std::holds_alternative<Cueing>(attempt.phase);  // decoding is one file after the other
    });
}

}  // namespace

const Order* muteInForce(const Facts& facts) {
    const auto& orders = facts.orders;
    const auto newest = std::find_if(orders.rbegin(), orders.rend(), [](const HeldOrder& held) {
        return held.order.type == OrderType::mute || held.order.type == OrderType::unmute;
    });
    return newest != orders.rend() && newest->order.type == OrderType::mute ? &newest->order : nullptr;
}

void report(const Turn& turn, const WriteOrderReport& written) {
    auto& reports = turn.playout.orderReports;
    const bool known = std::any_of(reports.begin(), reports.end(), [&](const WriteOrderReport& other) {
        return other.report.order == written.report.order && other.report.state == written.report.state;
    });
    if (!known) reports.push_back(written);
}

std::optional<std::string> ordersForbid(const Turn& turn) {
    if (turn.playout.order) {
        const auto& order = turn.playout.order->order;
        return "order " + std::to_string(order.number) + " '" + order.title + "' has its time";
    }
    if (const auto* mute = muteInForce(turn.facts)) return "muted by order " + std::to_string(mute->number);
    return std::nullopt;
}

void advanceOrders(const Turn& turn) {
    auto& playout = turn.playout;
    keepWhatCame(turn);
    for (const auto& held : turn.facts.orders) settle(turn, held);
    const auto* wanted = playout.shuttingDown ? nullptr : first(turn);
    if (wanted && playout.order && playout.order->order.id != wanted->id) endOrder(turn, std::nullopt);
    if (wanted && !playout.order && turn.facts.sinceBoot >= playout.ordersFrom) {
        if (playout.decodingHangs)
            turn.give(DropSound{"no answer about a file to decode, and an order waits"});
        else if (playout.soundLink)
            cueOrder(turn, *wanted);
    }
    makeRoom(turn);
    startOrder(turn);
    writeReports(turn);
}

}  // namespace loa
