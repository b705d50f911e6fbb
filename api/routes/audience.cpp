#include "api/routes/audience.h"

namespace loa {
namespace {

using Kind = Principal::Kind;

bool isForStations(Access access) {
    return access == Access::station || access == Access::personOrStation;
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

void requireOneOf(Audience audience, const Principal& principal) {
    if (principal.kind == Kind::nobody) return;
    const bool isStation = principal.kind == Kind::station;
    if (audience == Audience::stations && !isStation) throw stationsOnly();
    if (audience == Audience::office && isStation) throw peopleOnly();
}

}  // namespace

bool serves(Audience audience, const SchedulerRoute& route) {
    if (audience == Audience::everybody || route.pattern.starts_with("/v1/health/")) return true;
    const auto access = route.access.access;
    return audience == Audience::stations ? isForStations(access) : access != Access::station;
}

Authenticator onlyFor(Audience audience, Authenticator authenticator) {
    return [audience, authenticator = std::move(authenticator)](const Credential& credential) {
        auto principal = authenticator(credential);
        requireOneOf(audience, principal);
        return principal;
    };
}

}  // namespace loa
