#include "api/routes/tables.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "api/routes/audience.h"
#include "api/routes/gate.h"
#include "scheduler/operations/sign_in.h"

namespace loa {

std::vector<std::span<const SchedulerRoute>> allRoutes() {
    return {pageRoutes(),   healthRoutes(),        sessionRoutes(),   peopleRoutes(), tokenRoutes(),
            areaRoutes(),   stationRoutes(),       enrolmentRoutes(), playerRoutes(), stationOrderRoutes(),
            orderRoutes(),  orderTemplateRoutes(), uploadRoutes(),    mediaRoutes(),  eventRoutes(),
            reviewRoutes(), campaignRoutes(),      feedRoutes(),      reportRoutes(), auditRoutes()};
}

void addRoutes(Router& router, const Scheduler& scheduler, Audience audience) {
    std::vector<SchedulerRoute> served;
    for (const auto& table : allRoutes())
        std::ranges::copy_if(table, std::back_inserter(served),
                             [&](const SchedulerRoute& route) { return serves(audience, route); });
    router.add(served, [&scheduler](const Request& request, const SchedulerRoute& route) {
        return admitted(scheduler, route, request);
    });
}

Authenticator authenticatorFor(Scheduler& scheduler) {
    const auto callers = std::make_shared<Callers>(scheduler);  // by all copies of the function
    return [callers](const Credential& credential) {
        const bool isSession = credential.kind == Credential::Kind::cookie;
        return principalOf(isSession ? callers->ofSession(credential.secret) : callers->ofToken(credential.secret));
    };
}

BrowserNames browserNamesFor(Scheduler& scheduler) {
    return [&scheduler](const std::string& secret) { return nameOfBrowser(scheduler, secret); };
}

}  // namespace loa
