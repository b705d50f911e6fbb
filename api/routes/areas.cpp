#include "api/office/plan_json.h"
#include "api/routes/answers.h"
#include "api/routes/kept_answer.h"
#include "api/routes/tables.h"
#include "api/wire/airtime_json.h"
#include "api/wire/place_json.h"
#include "scheduler/calendar/read_airtime.h"
#include "scheduler/calendar/write_airtime.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/operations/places.h"
#include "scheduler/operations/save_airtime.h"
#include "scheduler/storage/area_repository.h"

namespace loa {
namespace {

constexpr std::size_t airtimeBodyBytes = 500'000;

AreaId areaOf(const Request& request) {
    return AreaId{request.pathValue("area")};
}

Response getAreas(const Request&, Scheduler& scheduler) {
    Json areas = Json::array();
    for (const auto& area :
         scheduler.database.read([](ReadTransaction& transaction) { return AreaRepository::all(transaction); }))
        if (scheduler.standing.sees(area.id)) areas.push_back(toJson(area));
    return jsonAnswer(200, {{"areas", std::move(areas)}});
}

Response getArea(const Request& request, Scheduler& scheduler) {
    const auto id = areaOf(request);
    const auto area =
        scheduler.database.read([&](ReadTransaction& transaction) { return AreaRepository::find(transaction, id); });
    if (!area) throw noSuchArea(id);
    return jsonAnswer(200, toJson(*area));
}

Response putArea(const Request& request, Scheduler& scheduler) {
    return jsonAnswer(200, toJson(saveArea(scheduler, areaFromJson(areaOf(request), request.body()))));
}

Response deleteArea(const Request& request, Scheduler& scheduler) {
    removeArea(scheduler, areaOf(request));
    return Response::noContent();
}

Response airtimeAnswer(const Request& request, const Scheduler& scheduler, const std::vector<Airtime>& rules) {
    if (prefers(request, calendarType))
        return Response::text(200, writeAirtime(rules, scheduler.zone), "text/calendar; charset=utf-8");
    return jsonAnswer(200, toJson(rules));
}

Response getAirtime(const Request& request, Scheduler& scheduler) {
    return airtimeAnswer(request, scheduler, readAirtimeOf(scheduler, areaOf(request)));
}

/// As JSON, or as VAVAILABILITY (RFC 7953).
Response putAirtime(const Request& request, Scheduler& scheduler) {
    const auto area = areaOf(request);
    auto rules = isCalendar(request) ? readAirtime(request.body(), area, scheduler.zone)
                                     : airtimesFromJson(area, request.body());
    return airtimeAnswer(request, scheduler, saveAirtime(scheduler, area, std::move(rules)));
}

/// Days of the stations in and below the area, page by page.
Response getAreaPlan(const Request& request, Scheduler& scheduler) {
    const StationId from{std::string{request.query("from").value_or("")}};
    const auto area = areaOf(request);
    const auto span = daysFromQuery(request);
    return keptAnswer(scheduler, "area plan\n" + area.text() + '\n' + from.text() + '\n' + nameOf(span),
                      [&] { return toJson(plannedDaysOf(scheduler, area, span, from)); });
}

constexpr SchedulerRoute routes[] = {
    {Method::get, "/v1/areas", Right::seePlaces, getAreas},
    {Method::get, "/v1/areas/{area}", Right::seePlaces, getArea},
    {Method::put, "/v1/areas/{area}", Right::keepPlaces, putArea, smallBodyBytes},
    {Method::delete_, "/v1/areas/{area}", Right::keepPlaces, deleteArea},
    {Method::get, "/v1/areas/{area}/plan", Right::seePlan, getAreaPlan},
    {Method::get, "/v1/areas/{area}/airtime", Right::seePlan, getAirtime},
    {Method::put, "/v1/areas/{area}/airtime", Right::setAirtime, putAirtime, airtimeBodyBytes},
};

}  // namespace

std::span<const SchedulerRoute> areaRoutes() {
    return routes;
}

}  // namespace loa
