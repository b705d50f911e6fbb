#include "api/routes/audience.h"

#include <algorithm>

#include "scheduler/operations/callers.h"

namespace loa {
namespace {

using Kind = Principal::Kind;

bool isForStations(Access access) {
    return access == Access::station || access == Access::personOrStation || access == Access::newStation;
}

bool isDutyOfficer(const Principal& principal) {
    return principal.kind == Kind::person &&
           std::ranges::any_of(principal.caller->person->grants,
                               [](const Grant& grant) { return grant.role == Role::dutyOfficer; });
}

Error stationsOnly() {
    return {Fault::forbidden,
            "stations-only",
            {"Cổng này chỉ dành cho các đài. Dùng cổng của văn phòng.",
             "this port is for stations only; use the office's"}};
}

Error peopleOnly() {
    return {Fault::forbidden,
            "people-only",
            {"Cổng này không dành cho đài. Dùng cổng của các đài.",
             "this port is not for stations; use the stations' own"}};
}

Error dutyOfficersOnly() {
    return {Fault::forbidden,
            "duty-officers-only",
            {"Cổng này chỉ dành cho người trực ban. Dùng cổng của văn phòng.",
             "this port is for duty officers only; use the office's"}};
}

void requireOneOf(Audience audience, const Principal& principal) {
    if (principal.kind == Kind::nobody) return;
    const bool isStation = principal.kind == Kind::station;
    if (audience == Audience::stations && !isStation) throw stationsOnly();
    if (audience == Audience::office && isStation) throw peopleOnly();
    if (audience == Audience::dutyOfficers && !isDutyOfficer(principal)) throw dutyOfficersOnly();
}

}  // namespace

bool serves(Audience audience, const SchedulerRoute& route) {
    if (audience == Audience::everybody || route.pattern.starts_with("/v1/health/")) return true;
    const auto access = route.access.access;
    if (audience == Audience::stations) return isForStations(access);
    // Calendar programs ask without end.
    if (audience == Audience::dutyOfficers && access == Access::secretPath) return false;
    return access != Access::station && access != Access::newStation;
}

Authenticator onlyFor(Audience audience, Authenticator authenticator) {
    return [audience, authenticator = std::move(authenticator)](const Credential& credential) {
        auto principal = authenticator(credential);
        requireOneOf(audience, principal);
        return principal;
    };
}

}  // namespace loa
