#include "scheduler/operations/make_order.h"

#include <algorithm>

#include "scheduler/operations/audit.h"
#include "scheduler/operations/audit_facts.h"
#include "scheduler/operations/clean_name.h"
#include "scheduler/operations/may.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/operations/order_document.h"
#include "scheduler/operations/publish_manifest.h"
#include "scheduler/operations/sight.h"
#include "scheduler/storage/media_repository.h"
#include "scheduler/storage/order_repository.h"
#include "scheduler/storage/order_template_repository.h"

namespace loa {
namespace {

constexpr std::size_t idBytes = 16;

Error unknownTarget(const Target& target) {
    const auto name = std::visit([](const auto& id) { return id.text(); }, target);
    return {Fault::invalid,
            "unknown-target",
            {"Không có trạm hay địa bàn “" + name + "”. Chọn lại nơi phát.",
             "'" + name + "' is no station or area; choose again"}};
}

Error noStations() {
    return {Fault::conflict,
            "no-stations",
            {"Nơi đã chọn chưa có trạm nào. Chọn nơi khác.", "there is no station at these places; choose others"}};
}

Error notInDrills(const StationId& station) {
    return {Fault::conflict,
            "not-in-drills",
            {"Trạm “" + station.text() + "” không tham gia diễn tập. Bỏ trạm này, hoặc cho trạm tham gia trước.",
             "station '" + station.text() + "' takes no part in drills; leave it out, or let it take part first"}};
}

Error nothingToCorrect() {
    return {Fault::conflict,
            "nothing-to-correct",
            {"Lệnh này không đang phát nên không đính chính được. Tải lại danh sách lệnh.",
             "there is nothing to correct about this order; load the list again"}};
}

Error unknownTemplate() {
    return {Fault::invalid,
            "unknown-template",
            {"Không có bản tin mẫu này. Tải lại danh sách bản tin mẫu.", "there is no such order template"}};
}

Error templateNotApproved(const OrderTemplate& made) {
    return {Fault::conflict,
            "template-not-approved",
            {"Bản tin mẫu “" + made.title + "” chưa được duyệt. Nhờ người duyệt nghe và duyệt trước.",
             "the template '" + made.title + "' is not approved; ask an approver to listen to it first"}};
}

Error otherTemplate(const OrderTemplate& made) {
    return {Fault::conflict,
            "other-template",
            {"Bản tin mẫu “" + made.title + "” là của loại lệnh khác: diễn tập và lệnh thật không dùng chung.",
             "the template '" + made.title + "' is for another type: drills and the real thing share none"}};
}

Error outsideTemplate(const OrderTemplate& made, const StationId& station) {
    return {Fault::invalid,
            "outside-template",
            {"Bản tin mẫu “" + made.title + "” không dành cho trạm “" + station.text() + "”. Chọn nơi khác.",
             "the template '" + made.title + "' is not for station '" + station.text() + "'; choose other places"}};
}

/// Those that heard, or shall hear, what a correct is about.
std::vector<OrderAtStation> stationsOfOther(ReadTransaction& transaction, const Scheduler& scheduler,
                                            const OrderId& id) {
    const auto other = OrderRepository::find(transaction, id);
    auto stations = OrderRepository::stations(transaction, id);
    if (!other || Sight{transaction, scheduler}.shown(stations).empty()) throw noSuchOrder(id);
    const bool isReal = other->type == OrderType::emergency || other->type == OrderType::correct;
    if (!isReal || other->state != OrderState::sent) throw nothingToCorrect();
    for (auto& each : stations) each.reports.clear();
    return stations;
}

void requireInDrills(ReadTransaction& transaction, const std::vector<OrderAtStation>& stations) {
    const auto group = OrderRepository::drillStations(transaction);
    for (const auto& each : stations)
        if (!std::ranges::binary_search(group, each.station)) throw notInDrills(each.station);
}

void takeTemplate(ReadTransaction& transaction, const Scheduler& scheduler, OfficeOrder& order,
                  const std::vector<OrderAtStation>& stations) {
    const auto made = OrderTemplateRepository::find(transaction, *order.from);
    if (!made || !Sight{transaction, scheduler}.orderTemplate(*made)) throw unknownTemplate();
    if (!made->approved) throw templateNotApproved(*made);
    if ((made->type == OrderType::drill) != (order.type == OrderType::drill)) throw otherTemplate(*made);
    const auto office = scheduler.manifests.office(transaction);
    for (const auto& each : stations) {
        const auto& way = office->places.wayUp(each.area);
        if (made->area && std::ranges::none_of(way, [&](const Area* area) { return area->id == *made->area; }))
            throw outsideTemplate(*made, each.station);
    }
    order.sound = made->sound;
    order.title = made->title;
}

void takeMedia(ReadTransaction& transaction, const Scheduler& scheduler, OfficeOrder& order, const OrderWish& wish) {
    order.sound = soundOf(transaction, scheduler, wish.media.value());
    order.title = cleanName(wish.title);
}

OfficeOrder orderOf(ReadTransaction& transaction, const Scheduler& scheduler, const OrderWish& wish,
                    const std::vector<OrderAtStation>& stations) {
    OfficeOrder order;
    order.id = newOrderId();
    order.type = wish.type;
    order.repeats = wish.repeats;
    order.validFor = wish.validFor;
    order.from = wish.from;
    order.of = wish.of;
    order.madeBy = scheduler.actor.name;
    order.made = scheduler.clock.now();
    if (order.type == OrderType::drill) requireInDrills(transaction, stations);
    if (order.from)
        takeTemplate(transaction, scheduler, order, stations);
    else
        takeMedia(transaction, scheduler, order, wish);
    return order;
}

}  // namespace

OrderId newOrderId() {
    return OrderId{randomHex(idBytes)};
}

OrderSound soundOf(ReadTransaction& transaction, const Scheduler& scheduler, const MediaId& media) {
    const auto item = MediaRepository::find(transaction, media);
    if (!item || MediaRepository::removed(transaction, media) || !Sight{transaction, scheduler}.media(media))
        throw Error{Fault::invalid,
                    "unknown-media",
                    {"Không có bản âm thanh này. Tải tệp lên hoặc tạo bản đọc trước.",
                     "there is no such media; upload a file or make speech first"}};
    return {item->id, item->bytes, item->frames};
}

std::vector<OrderAtStation> stationsOf(ReadTransaction& transaction, const Scheduler& scheduler,
                                       const std::vector<Target>& targets) {
    const Sight sight{transaction, scheduler};
    const auto office = scheduler.manifests.office(transaction);
    const auto reach = office->places.reach(targets);
    for (const auto& target : targets)
        if (!sight.target(target) || std::ranges::find(reach.unknown, target) != reach.unknown.end())
            throw unknownTarget(target);
    std::vector<OrderAtStation> stations;
    for (const auto& reached : reach.stations) stations.push_back({reached.station->id, reached.station->area, {}});
    if (stations.empty()) throw noStations();
    return stations;
}

void requireRightAtAll(ReadTransaction& transaction, const Scheduler& scheduler, Right right,
                       const std::vector<OrderAtStation>& stations) {
    const auto standing = standingNow(transaction, scheduler.standing);
    for (const auto& each : stations)
        if (!standing.holdsAt(right, each.area)) throw forbidden();
}

OfficeOrder makeOrder(Scheduler& scheduler, const OrderWish& wish) {
    std::vector<StationId> waiting;
    auto made = scheduler.database.write([&](WriteTransaction& transaction) {
        const auto stations = wish.of ? stationsOfOther(transaction, scheduler, *wish.of)
                                      : stationsOf(transaction, scheduler, wish.targets);
        requireRightAtAll(transaction, scheduler, Right::giveOrders, stations);
        auto order = orderOf(transaction, scheduler, wish, stations);
        OrderRepository::add(transaction, order, stations);
        audit(transaction, scheduler, "make-order", auditObject(order.id), {}, auditFacts(order, stations));
        if (!order.from)
            for (const auto& each : stations) waiting.push_back(each.station);
        return order;
    });
    tellOfSounds(scheduler, waiting);
    return made;
}

}  // namespace loa
