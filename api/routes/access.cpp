#include "api/routes/answers.h"
#include "api/routes/tables.h"
#include "scheduler/operations/tokens.h"

namespace loa {
namespace {

Response secretAnswer(const Issued& issued) {
    Json json{{"secret", issued.secret}};
    if (issued.expires) json["expires"] = formatInstant(*issued.expires);
    return jsonAnswer(201, json);
}

Response createCode(const Request& request, Scheduler& scheduler) {
    return secretAnswer(issueCode(scheduler.database, scheduler.clock, request.principal().name));
}

Response createToken(const Request& request, Scheduler& scheduler) {
    return secretAnswer(redeemCode(scheduler.database, scheduler.clock, request.principal().token));
}

Response createStationToken(const Request& request, Scheduler& scheduler) {
    const StationId station{request.pathValue("station")};
    return secretAnswer(issueStationToken(scheduler.database, scheduler.clock, station));
}

constexpr SchedulerRoute routes[] = {
    {Method::post, "/v1/codes", Access::office, createCode},
    {Method::post, "/v1/tokens", Access::code, createToken},
    {Method::post, "/v1/stations/{station}/token", Access::office, createStationToken},
};

}  // namespace

std::span<const SchedulerRoute> accessRoutes() {
    return routes;
}

}  // namespace loa
