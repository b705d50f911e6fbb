// Orders over the routes: two people and their clicks, and what a station hears, fetches and reports.
#include <doctest/doctest.h>

#include <fstream>

#include "api/wire/order_json.h"
#include "scheduler/storage/order_template_repository.h"
#include "tests/api/routes/served.h"
#include "tests/support/enrolled_station.h"

using namespace loa;
using namespace loa::test;

namespace {

/// A district's desk: two duty officers, an approver, and an approved template.
struct OrderDesk : Served {
    std::string lan = sessionOf("lan", {{Role::dutyOfficer, AreaId{"thanh-binh"}}});
    std::string minh = sessionOf("minh", {{Role::dutyOfficer, AreaId{"thanh-binh"}}});
    std::string neighbour = sessionOf("khach", {{Role::dutyOfficer, AreaId{"an-phong"}}});

    OrderDesk() {
        office.addMedia('a', 31);
        const OrderTemplate made{TemplateId{std::string(16, '1')},
                                 OrderType::emergency,
                                 "Xả lũ",
                                 {MediaId{std::string(64, 'a')}, 6'000, 48'000},
                                 AreaId{"tan-hue"},
                                 "lan",
                                 office.clock.now(),
                                 "binh",
                                 office.clock.now()};
        office.database.write([&](WriteTransaction& transaction) { OrderTemplateRepository::save(transaction, made); });
    }
    Response send(Method method, const std::string& path, const Json& body, const std::string& session) {
        Request request{method, path};
        if (!body.is_null()) request.withHeader("Content-Type", "application/json").withBody(dump(body));
        return ask(std::move(request), session);
    }
    static Json wish() {
        return {{"type", "emergency"},
                {"targets", {"station:tan-hue"}},
                {"template", std::string(16, '1')},
                {"repeats", 2},
                {"validSeconds", 600}};
    }
    Json made() { return parseJson(send(Method::post, "/v1/orders", wish(), lan).text()); }
    Json confirmed() {
        const auto id = made().at("id").get<std::string>();
        const auto answer = send(Method::post, "/v1/orders/" + id + "/confirmation", {{"type", "emergency"}}, minh);
        REQUIRE(answer.status() == 200);
        return parseJson(answer.text());
    }
    /// What the station hears when it comes.
    std::vector<StreamEvent> heard(const std::string& last = "") {
        Request request{Method::get, "/v1/stations/tan-hue/stream"};
        if (!last.empty()) request.withHeader("Last-Event-ID", last);
        const auto answer = ask(std::move(request), tanHue);
        REQUIRE(answer.status() == 200);
        return std::get<EventBody>(answer.body()).earlier();
    }
};

}  // namespace

TEST_CASE_FIXTURE(OrderDesk, "orders: one makes it, another confirms it, and the station hears it with its number") {
    CHECK(made().at("state") == "made");
    CHECK(heard().empty());
    const auto sent = confirmed();
    CHECK(sent.at("state") == "sent");
    CHECK(sent.at("sentBy") == "minh");
    CHECK(sent.at("reached") == Json{{"ordered", 1}});
    const auto events = heard();
    REQUIRE(events.size() == 1);
    CHECK(events[0].number == sent.at("number"));
    CHECK(events[0].name == "order");
    const auto payload = verify("order", events[0].data, {VerifyingKey::fromText(office.key.publicText())});
    CHECK(orderFromJson("order", payload).id.text() == sent.at("id"));
    CHECK(heard(std::to_string(events[0].number)).empty());
    CHECK(heard("not a number").size() == 1);
}

TEST_CASE_FIXTURE(OrderDesk,
                  "orders: the board shows what the station reports, and the order is nothing to a neighbour") {
    const auto id = confirmed().at("id").get<std::string>();
    const Json reports{
        {"reports",
         {{{"order", id}, {"state", "sounding"}, {"at", "2027-02-28T10:00:00Z"}, {"frames", 480}, {"detail", ""}}}}};
    CHECK(send(Method::post, "/v1/stations/tan-hue/order-reports", reports, tanHue).status() == 204);
    CHECK(send(Method::post, "/v1/stations/tan-hue/order-reports", reports, tanHue).status() == 204);
    const auto board = parseJson(send(Method::get, "/v1/orders/" + id + "/stations", {}, lan).text()).at("stations");
    REQUIRE(board.size() == 1);
    CHECK(board[0].at("reached") == "sounding");
    CHECK(board[0].at("reports").size() == 1);
    CHECK(refusal(send(Method::get, "/v1/orders/" + id, {}, neighbour)) == "no-such-order");
    CHECK(parseJson(send(Method::get, "/v1/orders", {}, neighbour).text()).at("orders").empty());
    CHECK(refusal(send(Method::post, "/v1/orders", wish(), neighbour)) == "unknown-target");
}

TEST_CASE_FIXTURE(OrderDesk, "orders: a station fetches what it must hold before any order, and nothing else") {
    const std::string id(64, 'a');
    const auto folder = office.directory.path() / "media/canonical" / id.substr(0, 2);
    std::filesystem::create_directories(folder);
    std::ofstream{folder / (id + ".opus")} << "sound";
    const auto anPhong = enrolled(office, "an-phong").token;
    const auto status = [&](const std::string& secret) {
        return ask(Request{Method::get, "/v1/media/" + id}, secret).status();
    };
    const auto held = ask(Request{Method::get, "/v1/stations/tan-hue/order-sounds"}, tanHue);
    CHECK(orderSoundsFromJson(held.text()).at(0).media.text() == id);
    CHECK(status(tanHue) == 200);
    CHECK(status(anPhong) == 404);  // the template is the neighbour's
}

TEST_CASE_FIXTURE(OrderDesk, "orders: what does not go together is refused in words, and nothing is kept") {
    const auto refused = [&](const char* member, const Json& value) {
        auto body = wish();
        body[member] = value;
        if (value.is_null()) body.erase(member);
        return refusal(send(Method::post, "/v1/orders", body, lan));
    };
    CHECK(refused("type", "mute") == "bad-order");
    CHECK(refused("of", std::string(32, '1')) == "bad-order");
    CHECK(refused("targets", {}) == "bad-order");
    CHECK(refused("template", {}) == "bad-order");
    CHECK(refused("template", std::string(16, '9')) == "unknown-template");
    CHECK(refused("targets", {"station:nowhere"}) == "unknown-target");
    CHECK(refused("repeats", 0) == "malformed-json");
    CHECK(refused("validSeconds", 86'401) == "malformed-json");
    CHECK(parseJson(send(Method::get, "/v1/orders", {}, lan).text()).at("orders").empty());
}

TEST_CASE_FIXTURE(OrderDesk, "F70 orders: one click silences a station, without a password given anew, and is seen") {
    office.clock.advance(std::chrono::hours{1});
    CHECK(refusal(send(Method::post, "/v1/orders", wish(), lan)) == "confirmation-needed");
    CHECK(send(Method::put, "/v1/stations/tan-hue/mute", {}, lan).status() == 200);
    const auto mutes = parseJson(send(Method::get, "/v1/mutes", {}, lan).text()).at("mutes");
    REQUIRE(mutes.size() == 1);
    CHECK(mutes[0].at("station") == "tan-hue");
    CHECK(mutes[0].at("by") == "lan");
    CHECK(parseJson(send(Method::get, "/v1/mutes", {}, neighbour).text()).at("mutes").empty());
    CHECK(send(Method::delete_, "/v1/stations/tan-hue/mute", {}, lan).status() == 200);
    CHECK(parseJson(send(Method::get, "/v1/mutes", {}, lan).text()).at("mutes").empty());
}
