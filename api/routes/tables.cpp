#include "api/routes/tables.h"

#include "api/routes/gate.h"

namespace loa {

std::vector<std::span<const SchedulerRoute>> allRoutes() {
    return {pageRoutes(),     healthRoutes(), sessionRoutes(), peopleRoutes(), tokenRoutes(), areaRoutes(),
            stationRoutes(),  playerRoutes(), uploadRoutes(),  mediaRoutes(),  eventRoutes(), reviewRoutes(),
            campaignRoutes(), feedRoutes(),   reportRoutes(),  auditRoutes()};
}

void addRoutes(Router& router, const Scheduler& scheduler) {
    for (const auto& table : allRoutes())
        router.add(table, [&scheduler](const Request& request, const SchedulerRoute& route) {
            return admitted(scheduler, route, request);
        });
}

Authenticator authenticatorFor(Scheduler& scheduler) {
    const auto callers =
        std::make_shared<Callers>(scheduler.database, scheduler.clock);  // by all copies of the function
    return [callers](const Credential& credential) {
        const bool isSession = credential.kind == Credential::Kind::cookie;
        return principalOf(isSession ? callers->ofSession(credential.secret) : callers->ofToken(credential.secret));
    };
}

}  // namespace loa
