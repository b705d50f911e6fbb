#include "api/routes/tables.h"

#include "scheduler/operations/tokens.h"

namespace loa {
namespace {

Principal::Kind kindOf(TokenKind kind) {
    switch (kind) {
        case TokenKind::office:
            return Principal::Kind::office;
        case TokenKind::station:
            return Principal::Kind::station;
        case TokenKind::code:
            return Principal::Kind::code;
    }
    return Principal::Kind::nobody;
}

Actor actorOf(const Request& request) {
    const auto& principal = request.principal();
    if (principal.station) return {Actor::Kind::station, principal.station->text(), request.peer()};
    return {Actor::Kind::person, principal.name, request.peer()};
}

}  // namespace

std::vector<std::span<const SchedulerRoute>> allRoutes() {
    return {pageRoutes(),     healthRoutes(), accessRoutes(), areaRoutes(),  stationRoutes(),
            playerRoutes(),   uploadRoutes(), mediaRoutes(),  eventRoutes(), reviewRoutes(),
            campaignRoutes(), feedRoutes(),   reportRoutes(), auditRoutes()};
}

void addRoutes(Router& router, const Scheduler& scheduler) {
    for (const auto& table : allRoutes())
        router.add(table, [&scheduler](const Request& request) {
            Scheduler own = scheduler;
            own.actor = actorOf(request);
            return own;
        });
}

Authenticator authenticatorFor(Scheduler& scheduler) {
    const auto known = std::make_shared<KnownTokens>(knownTokensLimit);
    return [&scheduler, known](const std::string& bearer) {
        const auto token = authenticate(scheduler.database, scheduler.clock, *known, bearer);
        return token ? Principal{kindOf(token->kind), token->name, token->station, token->id} : Principal{};
    };
}

}  // namespace loa
