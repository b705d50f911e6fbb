#include "scheduler/planning/order_steps.h"

#include <doctest/doctest.h>

using namespace loa;
using namespace std::chrono_literals;

namespace {

const Instant noon = parseInstant("2027-03-01T12:00:00Z").value();

/// An emergency that lan made at noon, from an approved template, in one district.
OrderCase waiting() {
    OrderCase asked;
    asked.order.id = OrderId{std::string(32, '1')};
    asked.order.madeBy = "lan";
    asked.order.made = noon;
    asked.actor = "minh";
    asked.isReady = true;
    asked.isNarrow = true;
    asked.said = OrderType::emergency;
    asked.now = noon + 1s;
    return asked;
}

std::string codeOf(const std::optional<Refusal>& refusal) {
    return refusal ? refusal->code : "";
}
std::string confirming(const OrderCase& asked) {
    return codeOf(refusalOfConfirming(asked));
}
std::string alone(const OrderCase& asked) {
    return codeOf(refusalOfSendingAlone(asked));
}

OfficeOrder sent(OrderType type, std::int64_t number) {
    OfficeOrder order;
    order.type = type;
    order.number = number;
    order.state = OrderState::sent;
    return order;
}

std::vector<std::int64_t> toldAgain(const std::vector<OfficeOrder>& orders) {
    std::vector<std::int64_t> numbers;
    for (const auto& order : toTellAgain(orders)) numbers.push_back(order.number);
    return numbers;
}

OrderReport report(OrderProgress state) {
    return {OrderId{std::string(32, '1')}, state, noon, 0, ""};
}

}  // namespace

TEST_CASE("orders: a second person confirms, never the one who made it") {
    CHECK(confirming(waiting()) == "");
    auto own = waiting();
    own.actor = "lan";
    CHECK(confirming(own) == "own-order");
}

TEST_CASE("orders: what was not approved beforehand is heard by the second person first") {
    auto fresh = waiting();
    fresh.isReady = false;
    CHECK(confirming(fresh) == "not-heard");
    fresh.wasHeard = true;
    CHECK(confirming(fresh) == "");
}

TEST_CASE("F72 orders: who takes a drill for the real thing, or the real thing for a drill, confirms nothing") {
    auto live = waiting();
    live.said = OrderType::drill;
    CHECK(confirming(live) == "other-type");
    auto drill = waiting();
    drill.order.type = OrderType::drill;
    CHECK(confirming(drill) == "other-type");
    drill.said = OrderType::drill;
    CHECK(confirming(drill) == "");
}

TEST_CASE("orders: one that nobody confirms lapses after five minutes, and not before") {
    auto late = waiting();
    late.now = noon + 5min - 1ms;
    CHECK(confirming(late) == "");
    CHECK(alone(late) == "");
    late.now = noon + 5min;
    CHECK(stateAt(late.order, late.now) == OrderState::lapsed);
    CHECK(confirming(late) == "order-lapsed");
    CHECK(alone(late) == "order-lapsed");
    CHECK(codeOf(refusalOfCancelling(late.order, late.now)) == "nothing-to-cancel");
    late.order.state = OrderState::sent;
    CHECK(stateAt(late.order, late.now) == OrderState::sent);
    CHECK(confirming(late) == "not-waiting");
}

TEST_CASE("orders: one person alone sends after 120 s an approved template to a district, and nothing else") {
    auto asked = waiting();
    asked.actor = "lan";
    asked.now = noon + 120s - 1ms;
    CHECK(alone(asked) == "second-person-first");
    asked.now = noon + 120s;
    CHECK(alone(asked) == "");
    auto fresh = asked;
    fresh.isReady = false;
    fresh.wasHeard = true;
    CHECK(alone(fresh) == "not-a-template");
    auto wide = asked;
    wide.isNarrow = false;
    CHECK(alone(wide) == "too-wide");
    auto drill = asked;
    drill.order.type = OrderType::drill;
    CHECK(alone(drill) == "not-a-template");
}

TEST_CASE("orders: what sounds or waits is cancelled once; a mute is ended by an unmute") {
    CHECK(codeOf(refusalOfCancelling(waiting().order, noon)) == "");
    CHECK(codeOf(refusalOfCancelling(sent(OrderType::drill, 1), noon)) == "");
    for (const auto type : {OrderType::mute, OrderType::unmute, OrderType::cancel})
        CHECK(codeOf(refusalOfCancelling(sent(type, 1), noon)) == "nothing-to-cancel");
    auto ended = sent(OrderType::emergency, 1);
    ended.state = OrderState::cancelled;
    CHECK(codeOf(refusalOfCancelling(ended, noon)) == "nothing-to-cancel");
}

TEST_CASE("orders: a district is one area with the tier below it and at most 60 stations") {
    const auto area = [](const char* id, std::optional<const char*> parent) {
        return Area{AreaId{id}, id, parent ? std::optional{AreaId{*parent}} : std::nullopt, {}, {}};
    };
    const std::vector<Area> areas{area("province", {}),        area("district", "province"), area("other", "province"),
                                  area("commune", "district"), area("next", "district"),     area("far", "other"),
                                  area("hamlet", "commune")};
    const Places places{{}, areas};
    const auto narrow = [&](std::vector<const char*> names) {
        std::vector<AreaId> of;
        for (const auto* name : names) of.emplace_back(name);
        return isNarrow(places, of);
    };
    CHECK(narrow({"commune", "next", "district"}));
    CHECK(narrow({"hamlet", "hamlet"}));
    CHECK(narrow({"hamlet", "commune"}));
    CHECK_FALSE(narrow({"commune", "far"}));
    CHECK_FALSE(narrow({"hamlet", "next"}));
    CHECK_FALSE(narrow({}));
    CHECK(narrow(std::vector<const char*>(60, "commune")));
    CHECK_FALSE(narrow(std::vector<const char*>(61, "commune")));
}

TEST_CASE("orders: the board shows the farthest a station has come, and its silence after ten seconds") {
    using enum OrderProgress;
    CHECK(reachedAt({}, noon, noon + 9s) == Reached::ordered);
    CHECK(reachedAt({}, noon, noon + 10s) == Reached::notReached);
    const auto reached = [](std::vector<OrderProgress> states) {
        std::vector<OrderReport> reports;
        for (const auto state : states) reports.push_back(report(state));
        return reachedAt(reports, noon, noon + 1h);
    };
    CHECK(reached({received}) == Reached::received);
    CHECK(reached({received, fetching}) == Reached::fetching);
    CHECK(reached({sounding, received}) == Reached::sounding);
    CHECK(reached({received, sounded, sounding}) == Reached::sounded);
    CHECK(reached({received, cancelled, sounding}) == Reached::cancelled);
    CHECK(reached({refused, received}) == Reached::refused);
}

TEST_CASE("F70 orders: who comes back is told the newest of mute and unmute, and nothing that a mute has ended") {
    using enum OrderType;
    CHECK(toldAgain({sent(emergency, 1), sent(mute, 2)}) == std::vector<std::int64_t>{2});
    CHECK(toldAgain({sent(mute, 1), sent(emergency, 2)}) == std::vector<std::int64_t>{1, 2});
    CHECK(toldAgain({sent(emergency, 1), sent(mute, 2), sent(unmute, 3), sent(emergency, 4)}) ==
          std::vector<std::int64_t>{3, 4});
    CHECK(toldAgain({sent(cancel, 1), sent(drill, 2), sent(mute, 3)}) == std::vector<std::int64_t>{1, 3});
    CHECK(toldAgain({sent(mute, 1), sent(unmute, 2), sent(mute, 3)}) == std::vector<std::int64_t>{3});
}
