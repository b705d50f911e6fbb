#include <doctest/doctest.h>

#include "player/spool/spool.h"
#include "scheduler/domain/error.h"
#include "tests/support/temporary_directory.h"

using namespace loa;
using namespace loa::test;
using namespace std::chrono_literals;

namespace {

const Instant five = *parseInstant("2027-03-02T05:00:00+07:00");

Order orderOf(OrderType type, std::int64_t number) {
    Order order;
    order.id = OrderId{std::string(31, '0') + std::to_string(number)};
    order.type = type;
    order.number = number;
    order.station = StationId{"an-phong"};
    return order;
}

struct Store {
    TemporaryDirectory directory;
    Spool spool{directory.path() / "spool.db", StationId{"an-phong"}, five};

    void keep(const Order& order, const std::string& boot = "boot") {
        spool.keepOrder(order, "document " + std::to_string(order.number), {boot, 7s}, five);
    }
    std::vector<std::string> live() {
        std::vector<std::string> documents;
        for (const auto& kept : spool.liveOrders()) documents.push_back(kept.document);
        return documents;
    }
};

}  // namespace

TEST_CASE("spool orders: an order is held with its report until it has ended, and its number is never gone below") {
    Store store;
    CHECK(store.spool.lastOrder() == 0);
    store.keep(orderOf(OrderType::emergency, 5));
    const auto kept = store.spool.liveOrders();
    REQUIRE(kept.size() == 1);
    CHECK(kept[0].document == "document 5");
    CHECK(kept[0].state == OrderProgress::received);
    CHECK(kept[0].received.bootId == "boot");
    CHECK(kept[0].received.sinceBoot == 7s);
    CHECK_THROWS_AS(store.keep(orderOf(OrderType::emergency, 4)), Error);
    auto other = orderOf(OrderType::emergency, 5);
    other.id = OrderId{std::string(32, 'f')};
    CHECK_THROWS_AS(store.keep(other), Error);
    store.spool.writeOrderReport({orderOf(OrderType::emergency, 5).id, OrderProgress::sounding, five, 0, ""}, false);
    CHECK(store.spool.liveOrders().at(0).state == OrderProgress::sounding);
    store.spool.writeOrderReport({orderOf(OrderType::emergency, 5).id, OrderProgress::sounded, five, 480, ""}, true);
    CHECK(store.live().empty());
    CHECK(store.spool.knowsOrder(orderOf(OrderType::emergency, 5).id));
    CHECK_FALSE(store.spool.knowsOrder(other.id));
    CHECK(store.spool.lastOrder() == 5);
}

TEST_CASE("spool orders: one that comes again counts as received anew, with no second report") {
    Store store;
    store.keep(orderOf(OrderType::emergency, 5), "boot before");
    store.keep(orderOf(OrderType::emergency, 5), "boot now");
    CHECK(store.spool.liveOrders().at(0).received.bootId == "boot now");
    CHECK(store.spool.waitingOrderReports(10).size() == 1);
}

TEST_CASE("F70 spool orders: the newest word about silence outlives the store's closing, and ends those before it") {
    const TemporaryDirectory directory;
    const auto file = directory.path() / "spool.db";
    {
        Spool spool{file, StationId{"an-phong"}, five};
        spool.keepOrder(orderOf(OrderType::mute, 1), "mute", {"boot", 1s}, five);
        spool.keepOrder(orderOf(OrderType::unmute, 2), "unmute", {"boot", 1s}, five);
        spool.keepOrder(orderOf(OrderType::mute, 3), "mute again", {"boot", 1s}, five);
    }
    Spool spool{file, StationId{"an-phong"}, five};
    spool.prune(five + 24h * 500);
    REQUIRE(spool.liveOrders().size() == 1);
    CHECK(spool.liveOrders()[0].document == "mute again");
    CHECK(spool.lastOrder() == 3);
}

TEST_CASE("spool orders: reports wait in order until they are acknowledged, each state of an order once") {
    Store store;
    const auto order = orderOf(OrderType::emergency, 5);
    store.keep(order);
    const OrderReport sounded{order.id, OrderProgress::sounded, five + 9s, 480, "thử"};
    store.spool.writeOrderReport(sounded, false);
    store.spool.writeOrderReport({order.id, OrderProgress::sounded, five + 1h, 0, "again"}, true);
    const auto waiting = store.spool.waitingOrderReports(10);
    REQUIRE(waiting.size() == 2);
    CHECK(waiting[0].report.state == OrderProgress::received);
    CHECK(waiting[1].report == sounded);
    CHECK(store.spool.waitingOrderReports(1).size() == 1);
    store.spool.acknowledgeOrderReports({waiting.data(), 1}, five);
    CHECK(store.spool.waitingOrderReports(10).at(0).report == sounded);
}

TEST_CASE("spool orders: what must lie ready is what was said last, in its order") {
    Store store;
    const std::vector<OrderSound> first{{MediaId{"a"}, 1, 2}, {MediaId{"b"}, 3, 4}};
    store.spool.keepOrderSounds(first);
    CHECK(store.spool.orderSounds() == first);
    const std::vector<OrderSound> second{{MediaId{"b"}, 3, 4}, {MediaId{"c"}, 5, 6}};
    store.spool.keepOrderSounds(second);
    CHECK(store.spool.orderSounds() == second);
}
