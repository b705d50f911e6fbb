// How a box becomes a station: the office gives a code, the box proves it, and shows what people compare.
#include "scheduler/operations/enrolment.h"

#include "api/routes/answers.h"
#include "api/routes/tables.h"

namespace loa {
namespace {

StationId stationOf(const Request& request) {
    return StationId{request.pathValue("station")};
}

Response postCode(const Request& request, Scheduler& scheduler) {
    const auto issued = issueEnrolmentCode(scheduler, stationOf(request));
    return jsonAnswer(201, {{"code", issued.code}, {"expires", formatInstant(issued.expires)}});
}

/// Worth nothing by itself: both sides prove that they mean this one.
Response getOfficeCa(const Request&, Scheduler& scheduler) {
    return jsonAnswer(200, {{"officeCa", scheduler.officeCa}});
}

Response postEnrolment(const Request& request, Scheduler& scheduler) {
    requireContentType(request, jsonType);
    return Response::json(201, enrol(scheduler, enrolmentRequestFromJson(request.body())));
}

Response deleteIdentity(const Request& request, Scheduler& scheduler) {
    retireIdentity(scheduler, stationOf(request));
    return Response::noContent();
}

constexpr SchedulerRoute routes[] = {
    {Method::post, "/v1/stations/{station}/enrolment", Right::enrolStations, postCode},
    {Method::delete_, "/v1/stations/{station}/identity", Right::keepPlaces, deleteIdentity},
    {Method::get, "/v1/enrolment", Access::newStation, getOfficeCa},
    {Method::post, "/v1/enrolment", Access::newStation, postEnrolment, smallBodyBytes, {}, Rate::enrolment},
};

}  // namespace

std::span<const SchedulerRoute> enrolmentRoutes() {
    return routes;
}

}  // namespace loa
