// Orders, their stations and reports, and templates, as the database keeps them.
#include "scheduler/storage/order_repository.h"
#include "scheduler/storage/order_template_repository.h"
#include "tests/scheduler/storage/backend.h"

using namespace loa;
using namespace loa::test;

namespace {

const StationId tanHue{"tan-hue"};
const StationId anPhong{"an-phong"};

/// An order with a value in every member.
OfficeOrder order(char digit, OrderType type, std::int64_t number) {
    OfficeOrder value;
    value.id = OrderId{std::string(32, digit)};
    value.type = type;
    value.title = "Xả lũ";
    if (sounds(type)) value.sound = OrderSound{MediaId{std::string(64, 'a')}, 6'000, 48'000};
    value.repeats = 3;
    value.validFor = std::chrono::minutes{10};
    value.from = TemplateId{"mau"};
    value.of = OrderId{std::string(32, 'f')};
    value.state = OrderState::sent;
    value.madeBy = "lan";
    value.made = atNoon;
    value.sentBy = "minh";
    value.sent = atNoon + std::chrono::seconds{10};
    value.number = number;
    value.validUntil = atNoon + std::chrono::minutes{10};
    value.alone = true;
    return value;
}

void add(Database& database, const OfficeOrder& value, std::vector<StationId> stations = {tanHue}) {
    database.write([&](WriteTransaction& transaction) {
        std::vector<OrderAtStation> at;
        for (auto& station : stations) at.push_back({station, AreaId{"xa"}, {}});
        OrderRepository::add(transaction, value, at);
    });
}

std::vector<std::int64_t> numbersTo(Database& database, const StationId& station, std::int64_t after, Instant now) {
    std::vector<std::int64_t> numbers;
    database.read([&](ReadTransaction& transaction) {
        for (const auto& each : OrderRepository::sentTo(transaction, station, after, now))
            numbers.push_back(each.number);
    });
    return numbers;
}

}  // namespace

TEST_CASE("orders: all of one comes back after a restart, and what changes of it is kept") {
    Sqlite sqlite;
    auto value = order('1', OrderType::emergency, 7);
    add(sqlite.database(), value, {tanHue, anPhong});
    sqlite.reopen();
    const auto found = [&] {
        return sqlite.database().read(
            [&](ReadTransaction& transaction) { return OrderRepository::find(transaction, value.id); });
    };
    CHECK(found() == value);
    value.state = OrderState::cancelled;
    sqlite.database().write([&](WriteTransaction& transaction) { OrderRepository::save(transaction, value); });
    CHECK(found() == value);
}

TEST_CASE("orders: numbers rise over restarts, and no two orders have the same") {
    Sqlite sqlite;
    const auto take = [&] {
        return sqlite.database().write(
            [](WriteTransaction& transaction) { return OrderRepository::takeNumber(transaction); });
    };
    CHECK(take() == 1);
    CHECK(take() == 2);
    sqlite.reopen();
    CHECK(take() == 3);
    sqlite.database().write([](WriteTransaction& transaction) { OrderRepository::skipNumbers(transaction, 1'000); });
    CHECK(take() == 1'004);
    add(sqlite.database(), order('1', OrderType::emergency, 5));
    CHECK_THROWS(add(sqlite.database(), order('2', OrderType::emergency, 5)));
}

TEST_CASE("orders: a station is told what was sent to it, is valid, is not cancelled, and is above what it had") {
    Sqlite sqlite;
    auto& database = sqlite.database();
    add(database, order('1', OrderType::emergency, 1));
    add(database, order('2', OrderType::emergency, 2), {anPhong});
    auto cancelled = order('3', OrderType::emergency, 3);
    cancelled.state = OrderState::cancelled;
    add(database, cancelled);
    auto over = order('4', OrderType::emergency, 4);
    over.validUntil = atNoon;
    add(database, over);
    auto waiting = order('5', OrderType::emergency, 0);
    waiting.state = OrderState::made;
    waiting.sent.reset();
    waiting.validUntil.reset();
    add(database, waiting);
    add(database, order('6', OrderType::cancel, 6));
    CHECK(numbersTo(database, tanHue, 0, atNoon) == std::vector<std::int64_t>{1, 6});
    CHECK(numbersTo(database, tanHue, 1, atNoon) == std::vector<std::int64_t>{6});
    CHECK(numbersTo(database, anPhong, 0, atNoon) == std::vector<std::int64_t>{2});
}

TEST_CASE("orders: a report is taken once for each state, and only from a station the order is for") {
    Sqlite sqlite;
    const auto value = order('1', OrderType::emergency, 1);
    add(sqlite.database(), value);
    const OrderReport received{value.id, OrderProgress::received, atNoon, 0, ""};
    const OrderReport sounded{value.id, OrderProgress::sounded, atNoon, 48'000, "1 of 1"};
    auto again = sounded;
    again.frames = 1;
    sqlite.database().write([&](WriteTransaction& transaction) {
        CHECK(OrderRepository::keepReport(transaction, tanHue, received, atNoon));
        CHECK(OrderRepository::keepReport(transaction, tanHue, sounded, atNoon + Milliseconds{1}));
        CHECK(OrderRepository::keepReport(transaction, tanHue, again, atNoon + Milliseconds{2}));
        CHECK_FALSE(OrderRepository::keepReport(transaction, anPhong, received, atNoon));
        CHECK_FALSE(OrderRepository::keepReport(
            transaction, tanHue, {OrderId{std::string(32, '9')}, OrderProgress::received, atNoon, 0, ""}, atNoon));
    });
    sqlite.reopen();
    const auto stations = sqlite.database().read(
        [&](ReadTransaction& transaction) { return OrderRepository::stations(transaction, value.id); });
    CHECK(stations == std::vector<OrderAtStation>{{tanHue, AreaId{"xa"}, {received, sounded}}});
}

TEST_CASE("orders: a station is silent by what it was told last") {
    Sqlite sqlite;
    auto& database = sqlite.database();
    add(database, order('1', OrderType::mute, 1), {tanHue, anPhong});
    add(database, order('2', OrderType::unmute, 2), {tanHue});
    add(database, order('3', OrderType::emergency, 3), {anPhong});
    const auto muted = database.read([](ReadTransaction& transaction) { return OrderRepository::mutes(transaction); });
    REQUIRE(muted.size() == 1);
    CHECK(muted[0] ==
          StationMute{anPhong, OrderId{std::string(32, '1')}, "minh", *order('1', OrderType::mute, 1).sent});
}

TEST_CASE("order templates: all of one comes back, and its approval is kept") {
    Sqlite sqlite;
    OrderTemplate made{TemplateId{"1"},
                       OrderType::drill,
                       "Diễn tập",
                       {MediaId{std::string(64, 'a')}, 6'000, 48'000},
                       {},
                       "lan",
                       atNoon,
                       "",
                       {}};
    const auto save = [&] {
        sqlite.database().write(
            [&](WriteTransaction& transaction) { OrderTemplateRepository::save(transaction, made); });
    };
    save();
    made.approvedBy = "minh";
    made.approved = atNoon;
    save();
    sqlite.reopen();
    sqlite.database().write([&](WriteTransaction& transaction) {
        CHECK(OrderTemplateRepository::all(transaction) == std::vector{made});
        CHECK(OrderTemplateRepository::uses(transaction, made.sound.media));
        OrderTemplateRepository::remove(transaction, made.id);
        CHECK_FALSE(OrderTemplateRepository::find(transaction, made.id));
    });
}
