// Orders of the office's people: what sounds at once, what is silent at once, and how far it has come.
#include "api/office/order_json.h"
#include "api/routes/answers.h"
#include "api/routes/tables.h"
#include "scheduler/operations/make_order.h"
#include "scheduler/operations/order_board.h"
#include "scheduler/operations/send_order.h"

namespace loa {
namespace {

OrderId orderOf(const Request& request) {
    return OrderId{request.pathValue("order")};
}

Response shown(Scheduler& scheduler, const OfficeOrder& order) {
    return jsonAnswer(200, toJson(orderInSight(scheduler, order.id)));
}

Response getOrders(const Request&, Scheduler& scheduler) {
    Json orders = Json::array();
    for (const auto& seen : ordersInSight(scheduler)) orders.push_back(toJson(seen));
    return jsonAnswer(200, {{"orders", std::move(orders)}});
}

Response postOrders(const Request& request, Scheduler& scheduler) {
    requireContentType(request, jsonType);
    const auto order = makeOrder(scheduler, orderWishFromJson(request.body()));
    return created(toJson(orderInSight(scheduler, order.id)), "/v1/orders/" + order.id.text());
}

Response getOrder(const Request& request, Scheduler& scheduler) {
    return jsonAnswer(200, toJson(orderInSight(scheduler, orderOf(request))));
}

Response getOrderStations(const Request& request, Scheduler& scheduler) {
    return jsonAnswer(200, boardJson(orderInSight(scheduler, orderOf(request))));
}

Response postConfirmation(const Request& request, Scheduler& scheduler) {
    requireContentType(request, jsonType);
    return shown(scheduler, confirmOrder(scheduler, orderOf(request), saidTypeFromJson(request.body())));
}

Response postAlone(const Request& request, Scheduler& scheduler) {
    return shown(scheduler, sendOrderAlone(scheduler, orderOf(request)));
}

Response postCancellation(const Request& request, Scheduler& scheduler) {
    return shown(scheduler, cancelOrder(scheduler, orderOf(request)));
}

template <class Place, OfficeOrder (*setSilence)(Scheduler&, const Target&)>
Response silence(const Request& request, Scheduler& scheduler) {
    constexpr bool isStation = std::is_same_v<Place, StationId>;
    return shown(scheduler, setSilence(scheduler, Place{request.pathValue(isStation ? "station" : "area")}));
}

Response getMutes(const Request&, Scheduler& scheduler) {
    Json mutes = Json::array();
    for (const auto& each : mutesInSight(scheduler)) mutes.push_back(toJson(each));
    return jsonAnswer(200, {{"mutes", std::move(mutes)}});
}

Response getDrills(const Request&, Scheduler& scheduler) {
    Json stations = Json::array();
    for (const auto& station : drillStationsInSight(scheduler)) stations.push_back(station.text());
    return jsonAnswer(200, {{"stations", std::move(stations)}});
}

template <bool takesPart>
Response changeDrills(const Request& request, Scheduler& scheduler) {
    setDrills(scheduler, StationId{request.pathValue("station")}, takesPart);
    return Response::noContent();
}

constexpr SchedulerRoute routes[] = {
    {Method::get, "/v1/orders", Right::seePlan, getOrders},
    {Method::post, "/v1/orders", Right::giveOrders, postOrders, smallBodyBytes},
    {Method::get, "/v1/orders/{order}", Right::seePlan, getOrder},
    {Method::get, "/v1/orders/{order}/stations", Right::seeAsRun, getOrderStations},
    {Method::post, "/v1/orders/{order}/confirmation", Right::confirmOrders, postConfirmation, smallBodyBytes},
    {Method::post, "/v1/orders/{order}/alone", Right::giveOrders, postAlone},
    {Method::post, "/v1/orders/{order}/cancellation", Right::mute, postCancellation},
    {Method::get, "/v1/mutes", Right::seePlaces, getMutes},
    {Method::put, "/v1/stations/{station}/mute", Right::mute, silence<StationId, mute>},
    {Method::delete_, "/v1/stations/{station}/mute", Right::mute, silence<StationId, unmute>},
    {Method::put, "/v1/areas/{area}/mute", Right::mute, silence<AreaId, mute>},
    {Method::delete_, "/v1/areas/{area}/mute", Right::mute, silence<AreaId, unmute>},
    {Method::get, "/v1/drills", Right::seePlaces, getDrills},
    {Method::put, "/v1/stations/{station}/drills", Right::checkStations, changeDrills<true>},
    {Method::delete_, "/v1/stations/{station}/drills", Right::checkStations, changeDrills<false>},
};

}  // namespace

std::span<const SchedulerRoute> orderRoutes() {
    return routes;
}

}  // namespace loa
