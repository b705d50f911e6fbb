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

Json tokenJson(const Token& token) {
    Json json{{"id", token.id.text()},
              {"kind", toText(token.kind)},
              {"name", token.name},
              {"created", formatInstant(token.created)}};
    if (token.station) json["station"] = token.station->text();
    if (token.expires) json["expires"] = formatInstant(*token.expires);
    if (token.lastUsed) json["lastUsed"] = formatInstant(*token.lastUsed);
    return json;
}

Response getTokens(const Request&, Scheduler& scheduler) {
    Json tokens = Json::array();
    for (const auto& token : usableTokens(scheduler.database, scheduler.clock)) tokens.push_back(tokenJson(token));
    return jsonAnswer(200, {{"tokens", std::move(tokens)}});
}

Response deleteToken(const Request& request, Scheduler& scheduler) {
    revokeToken(scheduler.database, scheduler.clock, TokenId{request.pathValue("token")}, scheduler.actor);
    return Response::noContent();
}

Response createCode(const Request& request, Scheduler& scheduler) {
    const auto& principal = request.principal();
    return secretAnswer(
        issueCode(scheduler.database, scheduler.clock, principal.name, principal.token, scheduler.actor));
}

Response createToken(const Request& request, Scheduler& scheduler) {
    return secretAnswer(redeemCode(scheduler.database, scheduler.clock, request.principal().token, scheduler.actor));
}

Response createStationToken(const Request& request, Scheduler& scheduler) {
    const StationId station{request.pathValue("station")};
    return secretAnswer(issueStationToken(scheduler.database, scheduler.clock, station, scheduler.actor));
}

constexpr SchedulerRoute routes[] = {
    {Method::post, "/v1/codes", Access::office, createCode, 0, {}, Rate::signIn},
    {Method::get, "/v1/tokens", Access::office, getTokens},
    {Method::post, "/v1/tokens", Access::code, createToken, 0, {}, Rate::signIn},
    {Method::delete_, "/v1/tokens/{token}", Access::office, deleteToken},
    {Method::post, "/v1/stations/{station}/token", Access::office, createStationToken},
};

}  // namespace

std::span<const SchedulerRoute> accessRoutes() {
    return routes;
}

}  // namespace loa
