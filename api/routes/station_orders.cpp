// What a station hears of orders at once, and what it reports of them.
#include <charconv>

#include "api/routes/answers.h"
#include "api/routes/own_station.h"
#include "api/routes/tables.h"
#include "api/wire/order_json.h"
#include "scheduler/operations/order_board.h"
#include "scheduler/operations/order_document.h"

namespace loa {
namespace {

constexpr std::size_t reportsBodyBytes = 256 * 1024;

/// The number in Last-Event-ID; 0 where there is none: then it is told everything.
std::int64_t lastNumber(const Request& request) {
    const auto text = request.header("Last-Event-ID").value_or("");
    std::int64_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    return fault == std::errc{} && end == text.data() + text.size() && number > 0 ? number : 0;
}

Response getStream(const Request& request, Scheduler& scheduler) {
    const auto station = ownStation(request);
    return Response::events({station.text(), [own = scheduler, station, after = lastNumber(request)]() mutable {
                                 std::vector<StreamEvent> events;
                                 for (auto& [number, document] : ordersToTell(own, station, after))
                                     events.push_back({number, "order", std::move(document)});
                                 return events;
                             }});
}

Response postReports(const Request& request, Scheduler& scheduler) {
    acceptOrderReports(scheduler, ownStation(request), orderReportsFromJson(request.body()));
    return Response::noContent();
}

Response getSounds(const Request& request, Scheduler& scheduler) {
    return Response::json(200, orderSoundsToJson(soundsToHold(scheduler, ownStation(request))));
}

constexpr SchedulerRoute routes[] = {
    {Method::get, "/v1/stations/{station}/stream", Access::station, getStream},
    {Method::get, "/v1/stations/{station}/order-sounds", Access::station, getSounds},
    {Method::post,
     "/v1/stations/{station}/order-reports",
     Access::station,
     postReports,
     reportsBodyBytes,
     {},
     Rate::report},
};

}  // namespace

std::span<const SchedulerRoute> stationOrderRoutes() {
    return routes;
}

}  // namespace loa
