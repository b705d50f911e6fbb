// From the duty officer's wish to what each station is told.
#include "scheduler/operations/send_order.h"

#include <doctest/doctest.h>

#include "api/wire/order_json.h"
#include "scheduler/operations/make_order.h"
#include "scheduler/operations/note_restore.h"
#include "scheduler/operations/order_board.h"
#include "scheduler/operations/order_document.h"
#include "scheduler/operations/order_templates.h"
#include "scheduler/storage/order_repository.h"
#include "tests/scheduler/operations/refusal.h"
#include "tests/support/test_people.h"

using namespace loa;
using namespace loa::test;
using namespace std::chrono_literals;

namespace {

const StationId tanHue{"tan-hue"};
const StationId anPhong{"an-phong"};

/// An office with two duty officers and an approver of the district, and an approved template of an emergency.
struct Room : TestOffice {
    Scheduler lan = as("lan", {{Role::dutyOfficer, AreaId{"thanh-binh"}}});
    Scheduler minh = as("minh", {{Role::dutyOfficer, AreaId{"thanh-binh"}}});
    Scheduler binh = as("binh", {{Role::approver, AreaId{"thanh-binh"}}});
    Scheduler keeper = as("keeper", {{Role::operator_, AreaId{"tan-hue"}}});
    TemplateId ready;

    Room() {
        addMedia('a', 31);
        addMedia('b', 31);
        ready = approved(OrderType::emergency);
        toldLines.open = {tanHue, anPhong};
        toldLines.plans.clear();
    }
    Scheduler as(const std::string& id, std::vector<Grant> grants) {
        return asPerson(*this, personOf(*this, id, std::move(grants)));
    }
    void hears(Scheduler& who, char digit) {
        noteServed(who, MediaId{std::string(64, digit)}, 0, 1, 1);
        reportHeard(who, MediaId{std::string(64, digit)});
    }
    TemplateId approved(OrderType type) {
        const auto made = makeTemplate(lan, {type, "Xả lũ", MediaId{std::string(64, 'a')}, AreaId{"thanh-binh"}});
        hears(binh, 'a');
        return approveTemplate(binh, made.id).id;
    }
    OrderWish wish(std::vector<Target> targets = {AreaId{"thanh-binh"}}) const {
        OrderWish one;
        one.targets = std::move(targets);
        one.from = ready;
        one.repeats = 2;
        one.validFor = 30min;
        return one;
    }
    OrderWish fresh() const {
        auto one = wish();
        one.from.reset();
        one.media = MediaId{std::string(64, 'b')};
        one.title = "Cháy chợ";
        return one;
    }
    OfficeOrder sent(std::vector<Target> targets = {AreaId{"thanh-binh"}}) {
        return confirmOrder(minh, makeOrder(lan, wish(std::move(targets))).id, OrderType::emergency);
    }
    Order read(const std::string& document, const std::string& kind = "order") const {
        return orderFromJson(kind, verify(kind, document, {VerifyingKey::fromText(key.publicText())}));
    }
    std::vector<std::int64_t> told(const StationId& station, std::int64_t after = 0) {
        std::vector<std::int64_t> numbers;
        for (const auto& each : ordersToTell(scheduler, station, after)) numbers.push_back(each.number);
        return numbers;
    }
};

using Numbers = std::vector<std::int64_t>;

}  // namespace

TEST_CASE_FIXTURE(
    Room, "orders: what two people let sound is told at once to each station of the area, signed for it alone") {
    const auto made = makeOrder(lan, wish());
    CHECK(toldLines.orders.empty());
    const auto order = confirmOrder(minh, made.id, OrderType::emergency);
    REQUIRE(toldLines.orders.size() == 2);
    for (const auto& each : toldLines.orders) {
        const auto document = read(each.document);
        CHECK(document.station == each.station);
        CHECK(document.id == made.id);
        CHECK(document.number == each.number);
        CHECK(document.sound == order.sound);
        CHECK(document.repeats == 2);
        CHECK(document.validUntil == clock.now() + 30min);
        CHECK_FALSE(document.alone);
        CHECK(each.document.find('\n') == std::string::npos);
        CHECK(each.document.find(each.station == tanHue ? "an-phong" : "tan-hue") == std::string::npos);
    }
    CHECK(refusalOf([&] { confirmOrder(binh, made.id, OrderType::emergency); }) == "not-waiting");
}

TEST_CASE_FIXTURE(Room, "orders: nobody confirms their own, and what was not approved beforehand is heard first") {
    const auto own = makeOrder(lan, wish());
    CHECK(refusalOf([&] { confirmOrder(lan, own.id, OrderType::emergency); }) == "own-order");
    const auto unheard = makeOrder(lan, fresh());
    CHECK(toldLines.plans.size() == 2);  // its sound is fetched while somebody listens to it
    CHECK(refusalOf([&] { confirmOrder(binh, unheard.id, OrderType::emergency); }) == "not-heard");
    hears(binh, 'b');
    CHECK(confirmOrder(binh, unheard.id, OrderType::emergency).state == OrderState::sent);
    const auto late = makeOrder(lan, wish());
    clock.advance(5min);
    CHECK(refusalOf([&] { confirmOrder(minh, late.id, OrderType::emergency); }) == "order-lapsed");
    CHECK(orderInSight(lan, late.id).order.state == OrderState::lapsed);
}

TEST_CASE_FIXTURE(Room, "orders: after 120 s one alone sends an approved template, and everybody sees that") {
    const auto made = makeOrder(lan, wish());
    CHECK(refusalOf([&] { sendOrderAlone(lan, made.id); }) == "second-person-first");
    clock.advance(120s);
    CHECK(sendOrderAlone(lan, made.id).alone);
    CHECK(read(toldLines.orders.at(0).document).alone);
    CHECK(ordersInSight(keeper).at(0).order.alone);
    const auto unapproved = makeOrder(lan, fresh());
    clock.advance(120s);
    hears(lan, 'b');
    CHECK(refusalOf([&] { sendOrderAlone(lan, unapproved.id); }) == "not-a-template");
    const auto removed = makeOrder(lan, wish());
    clock.advance(120s);
    removeTemplate(lan, ready);
    CHECK(refusalOf([&] { sendOrderAlone(lan, removed.id); }) == "not-a-template");
}

TEST_CASE_FIXTURE(Room, "F39 orders: who comes back is told what is valid, once, and never what was cancelled") {
    toldLines.open.clear();
    const auto first = sent();
    sent({tanHue});
    CHECK(toldLines.orders.empty());
    CHECK(told(tanHue) == Numbers{1, 2});
    CHECK(told(tanHue, 1) == Numbers{2});
    CHECK(told(anPhong) == Numbers{1});
    CHECK(read(ordersToTell(scheduler, anPhong, 0).at(0).document).station == anPhong);
    cancelOrder(minh, first.id);
    CHECK(told(tanHue) == Numbers{2, 3});
    CHECK(told(anPhong) == Numbers{3});
    CHECK(read(ordersToTell(scheduler, anPhong, 0).at(0).document).of == first.id);
    CHECK(refusalOf([&] { cancelOrder(lan, first.id); }) == "nothing-to-cancel");
    clock.advance(30min);
    CHECK(told(tanHue) == Numbers{3});
}

TEST_CASE_FIXTURE(Room, "orders: a correct ends the other at all of its stations and sounds its own") {
    const auto wrong = sent({tanHue});
    auto one = wish({});
    one.type = OrderType::correct;
    one.of = wrong.id;
    const auto made = makeOrder(lan, one);
    CHECK(told(tanHue) == Numbers{1});
    confirmOrder(minh, made.id, OrderType::correct);
    CHECK(told(tanHue) == Numbers{2});
    const auto document = read(toldLines.orders.back().document);
    CHECK(document.of == wrong.id);
    CHECK(document.sound.has_value());
    CHECK(refusalOf([&] { makeOrder(lan, one); }) == "nothing-to-correct");
}

TEST_CASE_FIXTURE(
    Room, "F70 orders: one person silences at once, it stays for who comes back, and is seen until taken back") {
    sent();
    mute(keeper, tanHue);
    CHECK(read(toldLines.orders.back().document).type == OrderType::mute);
    CHECK(read(toldLines.orders.back().document).validUntil == withoutEnd);
    CHECK(told(tanHue) == Numbers{2});
    CHECK(told(anPhong) == Numbers{1});
    CHECK(mutesInSight(lan).size() == 1);
    clock.advance(std::chrono::hours{24 * 400});
    CHECK(told(tanHue) == Numbers{2});
    sent({tanHue});
    CHECK(told(tanHue) == Numbers{2, 3});  // a later emergency beats it
    mute(keeper, tanHue);
    CHECK(told(tanHue) == Numbers{4});
    unmute(keeper, tanHue);
    CHECK(told(tanHue) == Numbers{5});
    CHECK(mutesInSight(lan).empty());
    CHECK(refusalOf([&] { mute(keeper, AreaId{"thanh-binh"}); }) == "unknown-target");
    CHECK(refusalOf([&] { mute(keeper, anPhong); }) == "unknown-target");
}

TEST_CASE_FIXTURE(
    Room, "F72 orders: a drill is signed as one, goes to its group alone, and is never taken for the real thing") {
    ready = approved(OrderType::drill);
    auto one = wish();
    CHECK(refusalOf([&] { makeOrder(lan, one); }) == "other-template");
    one.type = OrderType::drill;
    CHECK(refusalOf([&] { makeOrder(lan, one); }) == "not-in-drills");
    setDrills(keeper, tanHue, true);
    CHECK(refusalOf([&] { makeOrder(lan, one); }) == "not-in-drills");
    one.targets = {tanHue};
    const auto made = makeOrder(lan, one);
    CHECK(refusalOf([&] { confirmOrder(minh, made.id, OrderType::emergency); }) == "other-type");
    confirmOrder(minh, made.id, OrderType::drill);
    REQUIRE(toldLines.orders.size() == 1);
    CHECK(read(toldLines.orders[0].document, "drill").type == OrderType::drill);
    CHECK_THROWS_AS(read(toldLines.orders[0].document), Error);
}

TEST_CASE_FIXTURE(Room, "orders: who may not at one of the places may not at all, and a template is for its own area") {
    auto commune = as("xa", {{Role::dutyOfficer, AreaId{"tan-hue"}}, {Role::approver, AreaId{"tan-hue"}}});
    CHECK(refusalOf([&] { makeOrder(commune, wish()); }) == "unknown-target");
    const auto whole = makeOrder(lan, wish());
    CHECK(orderInSight(commune, whole.id).stations.size() == 1);
    CHECK(refusalOf([&] { confirmOrder(commune, whole.id, OrderType::emergency); }) == "forbidden");
    CHECK(refusalOf([&] { cancelOrder(commune, whole.id); }) == "forbidden");
    const auto foreign = makeOrder(lan, wish({anPhong}));
    CHECK(refusalOf([&] { confirmOrder(commune, foreign.id, OrderType::emergency); }) == "no-such-order");
    CHECK(makeOrder(commune, wish({tanHue})).from == ready);  // a template of the district
    ready =
        makeTemplate(commune, {OrderType::emergency, "Của xã", MediaId{std::string(64, 'a')}, AreaId{"tan-hue"}}).id;
    CHECK(refusalOf([&] { makeOrder(commune, wish({tanHue})); }) == "template-not-approved");
    hears(binh, 'a');
    approveTemplate(binh, ready);
    CHECK(refusalOf([&] { makeOrder(lan, wish()); }) == "outside-template");
}

TEST_CASE_FIXTURE(Room,
                  "orders: a template is approved by somebody else who has heard it, and lies ready from then on") {
    auto both = as("hai", {{Role::author, AreaId{"thanh-binh"}}, {Role::approver, AreaId{"thanh-binh"}}});
    const auto own =
        makeTemplate(both, {OrderType::emergency, "Bão", MediaId{std::string(64, 'b')}, AreaId{"tan-hue"}});
    hears(both, 'b');
    CHECK(refusalOf([&] { approveTemplate(both, own.id); }) == "own-template");
    auto other = as("khac", {{Role::approver, AreaId{"thanh-binh"}}});
    CHECK(refusalOf([&] { approveTemplate(other, own.id); }) == "not-heard");
    CHECK(soundsToHold(scheduler, tanHue).size() == 1);
    hears(other, 'b');
    approveTemplate(other, own.id);
    CHECK(soundsToHold(scheduler, tanHue).size() == 2);
    CHECK(soundsToHold(scheduler, anPhong).size() == 1);
    CHECK(toldLines.plans == std::vector<std::pair<StationId, std::int64_t>>{{tanHue, 0}});
    CHECK(refusalOf([&] { approveTemplate(other, own.id); }) == "approved-already");
}

TEST_CASE_FIXTURE(Room, "orders: the board shows for each station how far it has come, by what it reports") {
    const auto order = sent();
    acceptOrderReports(scheduler, tanHue,
                       {{order.id, OrderProgress::received, clock.now(), 0, ""},
                        {order.id, OrderProgress::sounding, clock.now(), 480, ""}});
    CHECK(orderInSight(lan, order.id).reached == std::vector{Reached::ordered, Reached::sounding});
    clock.advance(10s);
    acceptOrderReports(scheduler, tanHue, {{order.id, OrderProgress::sounded, clock.now(), 48'000, ""}});
    CHECK(orderInSight(lan, order.id).reached == std::vector{Reached::notReached, Reached::sounded});
    acceptOrderReports(scheduler, anPhong,
                       {{OrderId{std::string(32, '9')}, OrderProgress::received, clock.now(), 0, ""}});
}

TEST_CASE_FIXTURE(Room, "orders: no document is larger than 4 kB, whatever its title is") {
    auto one = fresh();
    one.title.clear();
    for (int i = 0; i < 150; ++i) one.title += "\"\U0001F4E2";
    hears(minh, 'b');
    auto order = confirmOrder(minh, makeOrder(lan, one).id, OrderType::emergency);
    order.of = order.id;
    order.number = std::int64_t{1} << 53;
    const auto document = orderDocument(order, StationId{std::string(63, 'x')}, key);
    CHECK(document.size() <= orderDocumentBytes);
}

TEST_CASE_FIXTURE(Room,
                  "orders: a restored office takes numbers no station has, and nothing of before the restore sounds") {
    sent();
    noteRestore(database, clock, key,
                {"loa-1", clock.now(), directory.path() / "heads.log", directory.path() / "new-heads.log"});
    CHECK(told(tanHue).empty());
    CHECK(sent().number > 1'000'000);
}
