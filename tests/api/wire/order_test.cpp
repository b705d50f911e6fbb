#include <doctest/doctest.h>

#include <string>

#include "api/wire/json.h"
#include "api/wire/order_json.h"
#include "scheduler/domain/error.h"

using namespace loa;

namespace {

Order emergency() {
    Order order;
    order.id = OrderId{std::string(32, '1')};
    order.number = 7;
    order.station = StationId{"tan-hue"};
    order.issued = parseInstant("2027-03-01T10:00:00Z").value();
    order.validUntil = order.issued + std::chrono::minutes{30};
    order.title = "Xả lũ khẩn cấp";
    order.sound = OrderSound{MediaId{std::string(64, 'a')}, 187'512, 1'500'000};
    order.repeats = 3;
    return order;
}

/// One of each type, as the office makes it.
Order ofType(OrderType type) {
    auto order = emergency();
    order.type = type;
    if (!sounds(type)) {
        order.sound.reset();
        order.repeats = 1;
    }
    if (isAboutAnother(type)) order.of = OrderId{std::string(32, '2')};
    if (type == OrderType::mute || type == OrderType::unmute) order.validUntil = withoutEnd;
    return order;
}

bool isRefused(const Json& json, std::string_view kind = "order") {
    try {
        orderFromJson(kind, dump(json));
        return false;
    } catch (const Error& refusal) {
        return refusal.fault() == Fault::malformed;
    }
}

}  // namespace

TEST_CASE("orders: each type survives the wire, and the same order gives the same bytes") {
    for (const auto& [type, word] : choiceWords<OrderType>) {
        CAPTURE(word);
        const auto order = ofType(type);
        CHECK(orderFromJson(documentKind(type), toJson(order)) == order);
        CHECK(toJson(orderFromJson(documentKind(type), toJson(order))) == toJson(order));
    }
}

TEST_CASE("F72 orders: a drill is in no document of an order, and no order in one of a drill") {
    for (const auto& [type, word] : choiceWords<OrderType>) {
        CAPTURE(word);
        const auto other = documentKind(type) == "order" ? "drill" : "order";
        CHECK(isRefused(parseJson(toJson(ofType(type))), other));
        CHECK((documentKind(type) == "drill") == (type == OrderType::drill));
    }
}

TEST_CASE("orders: what is not the type's, is missing, or out of range is refused") {
    const auto changed = [](OrderType type, const char* member, const Json& value) {
        auto json = parseJson(toJson(ofType(type)));
        json[member] = value;
        return json;
    };
    CHECK(isRefused(changed(OrderType::mute, "media", std::string(64, 'a'))));
    CHECK(isRefused(changed(OrderType::emergency, "of", std::string(32, '2'))));
    CHECK(isRefused(changed(OrderType::emergency, "repeats", 0)));
    CHECK(isRefused(changed(OrderType::emergency, "repeats", 11)));
    CHECK(isRefused(changed(OrderType::emergency, "number", 0)));
    CHECK(isRefused(changed(OrderType::emergency, "id", "1")));
    CHECK(isRefused(changed(OrderType::emergency, "media", std::string(64, 'A'))));
    CHECK(isRefused(changed(OrderType::emergency, "validUntil", "2027-03-01T10:00:00Z")));
    CHECK(isRefused(changed(OrderType::emergency, "stations", Json::array())));
    for (const auto& [type, word] : choiceWords<OrderType>) {
        const auto whole = parseJson(toJson(ofType(type)));
        for (const auto& [member, value] : whole.items()) {
            CAPTURE(word);
            CAPTURE(member);
            auto less = whole;
            less.erase(member);
            CHECK(isRefused(less, documentKind(type)));
        }
    }
}

TEST_CASE("orders: reports and sounds survive the wire, and too many are refused") {
    const std::vector<OrderReport> reports{
        {OrderId{std::string(32, '1')}, OrderProgress::sounded, emergency().issued, 4'500'000, "3 of 3"},
        {OrderId{std::string(32, '2')}, OrderProgress::refused, emergency().issued, 0, "too late"}};
    CHECK(orderReportsFromJson(orderReportsToJson(reports)) == reports);
    CHECK_THROWS_AS(orderReportsFromJson(orderReportsToJson(std::vector<OrderReport>(201, reports[0]))), Error);
    const std::vector<OrderSound> sounds{*emergency().sound};
    CHECK(orderSoundsFromJson(orderSoundsToJson(sounds)) == sounds);
    CHECK(orderSoundsFromJson(orderSoundsToJson({})).empty());
}
