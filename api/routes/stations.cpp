#include <algorithm>

#include "api/office/identity_json.h"
#include "api/office/plan_json.h"
#include "api/office/saved_event_json.h"
#include "api/routes/answers.h"
#include "api/routes/kept_answer.h"
#include "api/routes/tables.h"
#include "api/wire/place_json.h"
#include "api/wire/plan_json.h"
#include "api/wire/status_json.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/operations/places.h"
#include "scheduler/operations/publish_manifest.h"
#include "scheduler/storage/identity_repository.h"
#include "scheduler/storage/manifest_repository.h"
#include "scheduler/storage/station_repository.h"
#include "scheduler/storage/station_status_repository.h"

namespace loa {
namespace {

StationId stationOf(const Request& request) {
    return StationId{request.pathValue("station")};
}

Json described(ReadTransaction& transaction, const Scheduler& scheduler, const Station& station) {
    Json json = toJson(station);
    auto heard = scheduler.manifests.lastAsked(station.id);
    if (const auto last = StationStatusRepository::find(transaction, station.id)) {
        json["status"] = parseJson(toJson(last->status));
        heard = std::max(heard.value_or(last->received), last->received);
    }
    if (const auto identity = IdentityRepository::newest(transaction, station.id)) json["identity"] = toJson(*identity);
    if (heard) json["heard"] = formatInstant(*heard);
    if (const auto newest = ManifestRepository::newest(transaction, station.id)) json["published"] = newest->revision;
    return json;
}

Response getStations(const Request&, Scheduler& scheduler) {
    Json stations = Json::array();
    scheduler.database.read([&](ReadTransaction& transaction) {
        for (const auto& station : StationRepository::all(transaction))
            if (scheduler.standing.sees(station.area)) stations.push_back(described(transaction, scheduler, station));
    });
    return jsonAnswer(200, {{"stations", std::move(stations)}});
}

Response getStation(const Request& request, Scheduler& scheduler) {
    const auto id = stationOf(request);
    return scheduler.database.read([&](ReadTransaction& transaction) {
        const auto station = StationRepository::find(transaction, id);
        if (!station) throw noSuchStation(id);
        return jsonAnswer(200, described(transaction, scheduler, *station));
    });
}

Response putStation(const Request& request, Scheduler& scheduler) {
    saveStation(scheduler, stationFromJson(stationOf(request), request.body()));
    return getStation(request, scheduler);
}

Response deleteStation(const Request& request, Scheduler& scheduler) {
    removeStation(scheduler, stationOf(request));
    return Response::noContent();
}

/// The manifest's window, or "?day=2027-03-01&days=7": days of the station's own zone.
Response getPlan(const Request& request, Scheduler& scheduler) {
    const auto station = stationOf(request);
    if (!request.query("day")) return jsonAnswer(200, toJson(planFor(scheduler, station)));
    const auto span = daysFromQuery(request);
    return keptAnswer(scheduler, "plan\n" + station.text() + '\n' + nameOf(span),
                      [&] { return toJson(plannedDays(scheduler, station, span)); });
}

Response getClashes(const Request& request, Scheduler& scheduler) {
    Json clashes = Json::array();
    for (const auto& clash : clashesToSettle(scheduler, stationOf(request))) clashes.push_back(toJson(clash));
    return jsonAnswer(200, {{"clashes", std::move(clashes)}});
}

Response putSettlement(const Request& request, Scheduler& scheduler) {
    auto decision = settlementFromJson(request.body());
    decision.station = stationOf(request);
    decision.decidedBy = request.principal().name;
    return jsonAnswer(200, toJson(settleClash(scheduler, decision)));
}

constexpr SchedulerRoute routes[] = {
    {Method::get, "/v1/stations", Right::seePlaces, getStations},
    {Method::get, "/v1/stations/{station}", Right::seePlaces, getStation},
    {Method::put, "/v1/stations/{station}", Right::keepPlaces, putStation, smallBodyBytes},
    {Method::delete_, "/v1/stations/{station}", Right::keepPlaces, deleteStation},
    {Method::get, "/v1/stations/{station}/plan", Right::seePlan, getPlan},
    {Method::get, "/v1/stations/{station}/clashes", Right::seePlan, getClashes},
    {Method::put, "/v1/stations/{station}/settlement", Right::settleClashes, putSettlement, smallBodyBytes},
};

}  // namespace

std::span<const SchedulerRoute> stationRoutes() {
    return routes;
}

}  // namespace loa
