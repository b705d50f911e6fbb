#include "api/routes/answers.h"
#include "api/routes/tables.h"
#include "scheduler/operations/readiness.h"

namespace loa {
namespace {

Response getLive(const Request&, Scheduler&) {
    return jsonAnswer(200, {{"status", "live"}});
}

Response getReady(const Request&, Scheduler& scheduler) {
    requireWritableStore(scheduler);
    return jsonAnswer(200, {{"status", "ready"}});
}

constexpr SchedulerRoute routes[] = {
    {Method::get, "/v1/health/live", Access::anyone, getLive},
    {Method::get, "/v1/health/ready", Access::anyone, getReady},
};

}  // namespace

std::span<const SchedulerRoute> healthRoutes() {
    return routes;
}

}  // namespace loa
