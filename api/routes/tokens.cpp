// Secrets for programs: each person's own, for what they name.
#include "scheduler/operations/tokens.h"

#include "api/office/person_json.h"
#include "api/routes/answers.h"
#include "api/routes/tables.h"

namespace loa {
namespace {

Response secretAnswer(const Issued& issued) {
    Json json{{"secret", issued.secret}};
    if (issued.expires) json["expires"] = formatInstant(*issued.expires);
    return jsonAnswer(201, json);
}

Json tokenJson(const Token& token) {
    Json rights = Json::array();
    for (const auto right : token.rights) rights.push_back(toText(right));
    Json json{{"id", token.id.text()},
              {"name", token.name},
              {"rights", std::move(rights)},
              {"created", formatInstant(token.created)}};
    if (token.expires) json["expires"] = formatInstant(*token.expires);
    if (token.lastUsed) json["lastUsed"] = formatInstant(*token.lastUsed);
    return json;
}

PersonId ownId(const Request& request) {
    return PersonId{request.principal().name};
}

Response getTokens(const Request& request, Scheduler& scheduler) {
    Json tokens = Json::array();
    for (const auto& token : personalTokens(scheduler, ownId(request))) tokens.push_back(tokenJson(token));
    return jsonAnswer(200, {{"tokens", std::move(tokens)}});
}

Response postTokens(const Request& request, Scheduler& scheduler) {
    requireContentType(request, jsonType);
    const auto body = tokenBodyFromJson(request.body());
    return secretAnswer(issuePersonalToken(scheduler, ownId(request), body.name, body.rights, body.life));
}

Response deleteToken(const Request& request, Scheduler& scheduler) {
    revokePersonalToken(scheduler, ownId(request), TokenId{request.pathValue("token")});
    return Response::noContent();
}

constexpr SchedulerRoute routes[] = {
    {Method::get, "/v1/tokens", Right::ownTokens, getTokens},
    {Method::post, "/v1/tokens", Right::ownTokens, postTokens, smallBodyBytes},
    {Method::delete_, "/v1/tokens/{token}", Right::ownTokens, deleteToken},
};

}  // namespace

std::span<const SchedulerRoute> tokenRoutes() {
    return routes;
}

}  // namespace loa
