// Which requests are heavy reads, at the real routes: what is refused while one is under way, and what is not.
#include <doctest/doctest.h>

#include "tests/api/routes/served.h"

using namespace loa;
using namespace loa::test;

namespace {

/// While a heavy read is under way and none may wait.
struct BusyArchive : Served {
    HeavyReads heavyReads{0};
    std::string neighbour = sessionOf("neighbour", {{Role::auditor, AreaId{"an-phong"}}});

    BusyArchive() { router.takeTurns(heavyReads); }

    int statusOf(const std::string& path, const std::string& accept, const std::string& secret) {
        int status = 0;
        heavyReads.inTurn([&] {
            status = ask(Request{Method::get, path}.withHeader("Accept", accept), secret).status();
            return Response::noContent();
        });
        return status;
    }
    int statusOf(const std::string& path, const std::string& accept = "application/json") {
        return statusOf(path, accept, admin);
    }
};

}  // namespace

TEST_CASE("heavy reads: what walks along the trail, the plan or years of reports waits for its turn") {
    BusyArchive busy;
    const std::string year = "?from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z";
    for (const std::string path : {"/v1/audit/verification", "/v1/audit?from=2026-01-01T00:00:00Z",
                                   "/v1/audit?to=2026-01-01T00:00:00Z", "/v1/as-run?from=2026-01-01&to=2026-01-08",
                                   "/v1/as-run?from=2026-01-01T00:00:00Z&to=2026-01-08T00:00:00.001Z"}) {
        CAPTURE(path);
        CHECK(busy.statusOf(path) == 503);
    }
    CHECK(busy.statusOf("/v1/as-run?from=2026-01-01&to=2026-12-31", "text/csv") == 503);
    CHECK(busy.statusOf("/v1/occurrences" + year) == 503);
    CHECK(busy.statusOf("/v1/stations/tan-hue/airings" + year) == 503);
    CHECK(busy.statusOf("/v1/events", "text/calendar") == 503);
    CHECK(busy.ask(Request{Method::get, "/v1/audit/verification"}, busy.admin).status() == 200);
}

TEST_CASE("heavy reads: the office's day goes on beside them, and who may not is told so at once") {
    BusyArchive busy;
    const std::string week = "?from=2027-02-22T00:00:00Z&to=2027-03-01T00:00:00Z";
    for (const std::string path :
         {"/v1/audit", "/v1/audit?object=area:tan-hue", "/v1/as-run?from=2027-02-22&to=2027-02-28", "/v1/events",
          "/v1/stations/tan-hue/plan", "/v1/reviews"}) {
        CAPTURE(path);
        CHECK(busy.statusOf(path) == 200);
    }
    CHECK(busy.statusOf("/v1/as-run" + week) == 200);
    CHECK(busy.statusOf("/v1/occurrences" + week) == 200);
    CHECK(busy.statusOf("/v1/stations/tan-hue/airings" + week) == 200);
    CHECK(busy.statusOf("/v1/stations/tan-hue/manifest", "", busy.tanHue) == 200);
    CHECK(busy.statusOf("/v1/audit/verification", "", busy.clerk) == 403);
    CHECK(busy.statusOf("/v1/audit/verification", "", "") == 401);
    CHECK(busy.statusOf("/v1/stations/tan-hue/airings?from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z", "",
                        busy.neighbour) == 404);
    CHECK(busy.statusOf("/v1/as-run?from=then&to=now") == 422);
    CHECK(busy.statusOf("/v1/occurrences?from=2027-02-22T00:00:00Z&to=2020-01-01T00:00:00Z") == 422);
}
