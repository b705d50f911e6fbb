// Each listener serves those whom it is for, and nobody else.
#include "api/routes/audience.h"

#include <doctest/doctest.h>

#include "tests/api/routes/served.h"

using namespace loa;
using namespace loa::test;

namespace {

struct Listeners : Served {
    Router of(Audience audience) {
        Router only{onlyFor(audience, authenticatorFor(office.scheduler)), [](const std::string&) {}};
        addRoutes(only, office.scheduler, audience);
        return only;
    }
    Router stations = of(Audience::stations);
    Router people = of(Audience::office);
    Router duty = of(Audience::dutyOfficers);

    static Response at(Router& router, Method method, const std::string& path, const std::string& secret) {
        return router.respond(by({method, path}, secret));
    }
};

}  // namespace

TEST_CASE_FIXTURE(Listeners, "listeners: the stations' has what a station asks for and what watches over it, no more") {
    std::set<std::string> served;
    for (const auto& table : allRoutes())
        for (const auto& route : table)
            if (serves(Audience::stations, route))
                served.insert(std::string{toText(route.method)} + ' ' + std::string{route.pattern});
    CHECK(served == std::set<std::string>{
                        "GET /v1/health/live", "GET /v1/health/ready", "GET /v1/stations/{station}/manifest",
                        "GET /v1/stations/{station}/fresh", "POST /v1/stations/{station}/airings",
                        "POST /v1/stations/{station}/status", "GET /v1/media/{media}", "GET /v1/enrolment",
                        "POST /v1/enrolment", "GET /v1/stations/{station}/stream",
                        "GET /v1/stations/{station}/order-sounds", "POST /v1/stations/{station}/order-reports"});
    CHECK(at(stations, Method::get, "/v1/health/live", "").status() == 200);
    CHECK(at(stations, Method::get, "/v1/stations/tan-hue/manifest", tanHue).status() == 200);
    for (const char* path : {"/", "/v1/session", "/v1/areas", "/v1/events"}) {
        CAPTURE(path);
        CHECK(refusal(at(stations, Method::get, path, clerk)) == "no-such-path");
    }
    CHECK(refusal(at(stations, Method::post, "/v1/session", "")) == "no-such-path");
}

TEST_CASE_FIXTURE(Listeners, "listeners: a person gets nothing at the stations', nor a station at the office's") {
    CHECK(refusal(at(stations, Method::get, "/v1/stations/tan-hue/manifest", clerk)) == "stations-only");
    CHECK(at(people, Method::get, "/v1/stations/tan-hue/manifest", clerk).status() == 200);
    CHECK(refusal(at(people, Method::get, "/v1/stations/tan-hue/manifest", tanHue)) == "people-only");
    CHECK(at(people, Method::post, "/v1/stations/tan-hue/airings", tanHue).status() == 405);
    CHECK(at(stations, Method::get, "/v1/enrolment", "").status() == 200);
    CHECK(refusal(at(people, Method::get, "/v1/enrolment", "")) == "no-such-path");
    CHECK(refusal(at(duty, Method::post, "/v1/enrolment", "")) == "no-such-path");
    CHECK(at(people, Method::get, "/v1/session", clerk).status() == 200);
    CHECK(at(people, Method::get, "/v1/health/live", "").status() == 200);
}

TEST_CASE_FIXTURE(Listeners, "listeners: the duty officers' has all of the office for them, and nothing for others") {
    const auto officer = sessionOf("truc", {{Role::dutyOfficer, AreaId{"tan-hue"}}});
    CHECK(at(duty, Method::get, "/v1/areas", officer).status() == 200);
    CHECK(at(duty, Method::get, "/", "").status() == 200);
    for (const auto& other : {clerk, admin, tanHue})
        CHECK(refusal(at(duty, Method::get, "/v1/areas", other)) == "duty-officers-only");
    CHECK(at(duty, Method::get, "/v1/areas", "").status() == 401);
    CHECK(refusal(at(duty, Method::get, "/feeds/loa_feed_x/tan-hue.ics", "")) == "no-such-path");
    CHECK(at(people, Method::get, "/v1/areas", officer).status() == 200);
}

TEST_CASE_FIXTURE(Listeners, "listeners: on this machine alone there is all of it for all") {
    CHECK(at(router, Method::get, "/v1/stations/tan-hue/manifest", clerk).status() == 200);
    CHECK(at(router, Method::get, "/v1/stations/tan-hue/manifest", tanHue).status() == 200);
}
