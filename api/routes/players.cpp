// What a station player asks and reports. A station sees only its own: another's is not there.
#include "api/routes/answers.h"
#include "api/routes/own_station.h"
#include "api/routes/tables.h"
#include "api/wire/airing_json.h"
#include "api/wire/status_json.h"
#include "scheduler/operations/accept_airings.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/operations/publish_manifest.h"
#include "scheduler/operations/say_fresh.h"
#include "scheduler/storage/airing_repository.h"
#include "scheduler/storage/station_repository.h"

namespace loa {
namespace {

constexpr std::size_t airingsBodyBytes = 1024 * 1024;

Response getManifest(const Request& request, Scheduler& scheduler) {
    const auto station = ownStation(request);
    std::string held;
    if (request.principal().kind == Principal::Kind::station) {
        scheduler.manifests.noteAsked(station, scheduler.clock.now());
        held = request.header("If-None-Match").value_or("");
        std::erase(held, '"');
    }
    const auto published = publishManifest(scheduler, station, held);
    if (request.holds(published.tag)) return Response::notModified(published.tag);
    auto response = Response::json(200, published.document);
    response.withEtag(published.tag).set("Cache-Control", "private, no-cache");
    return response;
}

Response getFresh(const Request& request, Scheduler& scheduler) {
    const auto station = ownStation(request);
    auto response = Response::json(200, sayFresh(scheduler, station, request.query("nonce").value_or("")));
    response.set("Cache-Control", "no-store");
    return response;
}

Interval periodOf(const Request& request) {
    return {instantFromQuery(request, "from"), instantFromQuery(request, "to")};
}

bool isLong(const Request& request) {
    return isLongPeriod(periodOf(request).length());
}

Response getAirings(const Request& request, Scheduler& scheduler) {
    const auto station = ownStation(request);
    const auto period = periodOf(request);
    const auto airings = scheduler.database.read([&](ReadTransaction& transaction) {
        if (!StationRepository::find(transaction, station)) throw noSuchStation(station);
        return AiringRepository::plannedIn(transaction, station, period);
    });
    return Response::json(200, airingsToJson(airings));
}

Response postAirings(const Request& request, Scheduler& scheduler) {
    const auto station = ownStation(request);
    return Response::json(200, receiptToJson(acceptAirings(scheduler, station, airingsFromJson(request.body()))));
}

Response postStatus(const Request& request, Scheduler& scheduler) {
    const auto station = ownStation(request);
    const auto lacking = acceptStatus(scheduler, station, statusFromJson(request.body()));
    return lacking.ranges.empty() ? Response::noContent() : Response::json(200, toJson(lacking));
}

constexpr SchedulerRoute routes[] = {
    {Method::get, "/v1/stations/{station}/manifest", orStation(Right::seePlan), getManifest},
    {Method::get, "/v1/stations/{station}/fresh", Access::station, getFresh},
    {Method::get, "/v1/stations/{station}/airings", Right::seeAsRun, getAirings, 0, {}, Rate::ofMethod, isLong},
    {Method::post, "/v1/stations/{station}/airings", Access::station, postAirings, airingsBodyBytes, {}, Rate::report},
    {Method::post, "/v1/stations/{station}/status", Access::station, postStatus, smallBodyBytes, {}, Rate::report},
};

}  // namespace

StationId ownStation(const Request& request) {
    const StationId station{request.pathValue("station")};
    const auto& principal = request.principal();
    if (principal.kind == Principal::Kind::station && principal.station != station) throw noSuchStation(station);
    return station;
}

std::span<const SchedulerRoute> playerRoutes() {
    return routes;
}

}  // namespace loa
