// Orders, on the agent's thread: verified and given to the step; what the step decides about them made durable before
// it is told. The stream is asked again for an order that this start of the machine has not heard of yet and that is
// not over: whether it still holds is then the office's word.
#include <algorithm>

#include "player/agent.h"
#include "player/verified_order.h"
#include "scheduler/domain/error.h"
#include "scheduler/domain/kill_point.h"

namespace loa {
namespace {

/// "order 7 (emergency) 'Xả lũ'", for the journal.
std::string nameOf(const Order& order) {
    return "order " + std::to_string(order.number) + " (" + std::string{toText(order.type)} + ") '" + order.title + "'";
}

bool isAboutSilence(const Order& order) {
    return order.type == OrderType::mute || order.type == OrderType::unmute;
}

}  // namespace

void Agent::loadOrders() {
    facts_.lastOrder = spool_.lastOrder();
    orderSounds_ = spool_.orderSounds();
    for (const auto& kept : spool_.liveOrders()) try {
            HeldOrder held{verifiedOrder(kept.document, settings_.officeKeys), kept.state, std::nullopt};
            if (kept.received.bootId == settings_.bootId) held.received = kept.received.sinceBoot;
            facts_.orders.push_back(std::move(held));
        } catch (const Error& error) {
            say(std::string{"an order on disk is not used: "} + error.what());
        }
    listen();
}

void Agent::listen() {
    auto after = facts_.lastOrder;
    for (const auto& held : facts_.orders)
        if (sounds(held.order.type) && !held.received) after = std::min(after, held.order.number - 1);
    uplink_.listen(after);
}

/// A newer plan, or sounds for orders, may be at the office.
void Agent::askForNews() {
    delivery_.askForPlan(facts_.sinceBoot);
    orderDelivery_.askForSounds();
}

void Agent::handle(const OrderArrived& answer) {
    try {
        auto order = verifiedOrder(answer.document, settings_.officeKeys);
        killPoint("player.orderVerified");
        const bool held = std::any_of(facts_.orders.begin(), facts_.orders.end(),
                                      [&](const HeldOrder& known) { return known.order.id == order.id; });
        if (!held && spool_.knowsOrder(order.id)) return;  // it is over here
        give(OrderCame{std::move(order), answer.document});
    } catch (const Error& error) {
        say(std::string{"an order that came is refused: "} + error.what());
    }
}

void Agent::handle(const OrderSoundsFetched& answer) {
    orderDelivery_.received(answer, facts_.sinceBoot);
    if (answer.sounds == orderSounds_) return;
    spool_.keepOrderSounds(answer.sounds);
    orderSounds_ = answer.sounds;
    wantMedia();
}

void Agent::handle(const OrderReportsReceived& answer) {
    orderDelivery_.received(answer, facts_.sinceBoot, facts_.now);
}

void Agent::carryOut(const KeepOrder& command) {
    const auto& order = command.order;
    try {
        spool_.keepOrder(order, command.document, {settings_.bootId, facts_.sinceBoot}, facts_.now);
        killPoint("player.orderKept");
        if (isAboutSilence(order))
            std::erase_if(facts_.orders, [](const HeldOrder& held) { return isAboutSilence(held.order); });
        const auto known = std::find_if(facts_.orders.begin(), facts_.orders.end(),
                                        [&](const HeldOrder& held) { return held.order.id == order.id; });
        if (known != facts_.orders.end())
            known->received = facts_.sinceBoot;
        else
            facts_.orders.push_back({order, OrderProgress::received, facts_.sinceBoot});
        facts_.lastOrder = std::max(facts_.lastOrder, order.number);
        orderDelivery_.reportsChanged();
        wantMedia();
        listen();
        say(nameOf(order) + " is held");
        inputs_.push_back(OrderKept{order.id});
    } catch (const Error& error) {
        say(error.what());
        if (error.fault() != Fault::conflict) return inputs_.push_back(WriteFailed{0});
        inputs_.push_back(OrderKept{order.id});  // it never can be
    }
}

void Agent::carryOut(const WriteOrderReport& command) {
    const auto& report = command.report;
    try {
        spool_.writeOrderReport(report, command.ended);
        killPoint("player.orderReport");
        for (auto& held : facts_.orders) {
            if (held.order.id != report.order) continue;
            held.state = std::max(held.state, report.state);
            say(nameOf(held.order) + ": " + std::string{toText(report.state)} +
                (report.detail.empty() ? "" : ", " + report.detail));
        }
        if (command.ended)
            std::erase_if(facts_.orders, [&](const HeldOrder& held) { return held.order.id == report.order; });
        orderDelivery_.reportsChanged();
    } catch (const Error& error) {
        say(error.what());
        inputs_.push_back(WriteFailed{0});
    }
}

void Agent::carryOut(const SoundNow& command) {
    link_.send(StartNow{command.item});
    killPoint("player.orderStartSent");
}

void Agent::carryOut(const SoundSignal& command) {
    link_.send(StartSignal{command.item});
    killPoint("player.signalSent");
}

/// What orders need before the plan does.
void Agent::wantOrderMedia(std::vector<MediaWanted>& wanted, std::set<MediaId>& seen) const {
    for (const auto& held : facts_.orders)
        if (held.order.sound && seen.insert(held.order.sound->media).second)
            wanted.push_back({held.order.sound->media, held.order.sound->bytes, true});
    for (const auto& sound : orderSounds_)
        if (seen.insert(sound.media).second) wanted.push_back({sound.media, sound.bytes});
}

/// What an order on air says of itself, and whether the station is muted.
std::string Agent::orderStatus() const {
    std::string line;
    if (const auto* mute = muteInForce(facts_)) line = "muted by order " + std::to_string(mute->number);
    if (!playout_.order) return line;
    const auto& order = playout_.order->order;
    const auto title = (order.type == OrderType::drill ? "drill: " : "emergency: ") + order.title;
    return line.empty() ? title : title + "; " + line;
}

}  // namespace loa
