#pragma once
#include <optional>
#include <span>

#include "api/http/route.h"
#include "api/http/router.h"
#include "scheduler/operations/scheduler.h"
#include "scheduler/people/right.h"

namespace loa {

/// Who may use a route: anybody, a station, or a person who holds a right where what the path names is (gate.h).
struct Needs {
    constexpr Needs(Access kind) : access{kind} {}  // a row just names one of the two
    constexpr Needs(Right held) : access{Access::person}, right{held} {}
    constexpr Needs(Access kind, Right held) : access{kind}, right{held} {}
    constexpr operator Access() const { return access; }
    Access access;
    std::optional<Right> right{};  ///< asked of persons; empty: any that are signed in
};
/// A station, to its own, or a person with the right.
constexpr Needs orStation(Right right) {
    return {Access::personOrStation, right};
}

using SchedulerRoute = Route<Scheduler, Needs>;

/// For whom a listener is.
enum class Audience {
    everybody,  ///< who has come through a proxy of this machine, or is on it
    office,     ///< its people and their programs
    dutyOfficers,
    stations
};

/// One table for each kind of thing; api/openapi.yaml has the same rows, and a test compares them.
std::span<const SchedulerRoute> pageRoutes();
std::span<const SchedulerRoute> healthRoutes();
std::span<const SchedulerRoute> sessionRoutes();
std::span<const SchedulerRoute> peopleRoutes();
std::span<const SchedulerRoute> tokenRoutes();
std::span<const SchedulerRoute> areaRoutes();
std::span<const SchedulerRoute> stationRoutes();
std::span<const SchedulerRoute> enrolmentRoutes();
std::span<const SchedulerRoute> playerRoutes();
std::span<const SchedulerRoute> stationOrderRoutes();
std::span<const SchedulerRoute> orderRoutes();
std::span<const SchedulerRoute> orderTemplateRoutes();
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

/// To the router those that its audience has, each request with a Scheduler that knows who asks. `scheduler` must
/// outlive the router.
void addRoutes(Router& router, const Scheduler& scheduler, Audience audience = Audience::everybody);

/// Who asks, for the router: by the hash of the token or of the session's secret.
Authenticator authenticatorFor(Scheduler& scheduler);

/// Which browsers are known, for the router: those by which somebody signed in.
BrowserNames browserNamesFor(Scheduler& scheduler);

}  // namespace loa
