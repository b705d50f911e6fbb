#pragma once
#include <span>

#include "api/http/route.h"
#include "api/http/router.h"
#include "scheduler/operations/scheduler.h"

namespace loa {

using SchedulerRoute = Route<Scheduler>;

/// One table for each kind of thing; api/openapi.yaml has the same rows, and a test compares them.
std::span<const SchedulerRoute> pageRoutes();
std::span<const SchedulerRoute> healthRoutes();
std::span<const SchedulerRoute> accessRoutes();
std::span<const SchedulerRoute> areaRoutes();
std::span<const SchedulerRoute> stationRoutes();
std::span<const SchedulerRoute> playerRoutes();
std::span<const SchedulerRoute> uploadRoutes();
std::span<const SchedulerRoute> mediaRoutes();
std::span<const SchedulerRoute> eventRoutes();
std::span<const SchedulerRoute> reviewRoutes();
std::span<const SchedulerRoute> campaignRoutes();
std::span<const SchedulerRoute> feedRoutes();
std::span<const SchedulerRoute> reportRoutes();
std::span<const SchedulerRoute> auditRoutes();

/// All of them, in that order.
std::vector<std::span<const SchedulerRoute>> allRoutes();

/// All of them to the router, each request with a Scheduler that knows who asks. `scheduler` must outlive the router.
void addRoutes(Router& router, const Scheduler& scheduler);

/// Who asks, for the router: by the hash of the bearer token.
Authenticator authenticatorFor(Scheduler& scheduler);

}  // namespace loa
