#include "scheduler/operations/upcoming_airings.h"

#include <doctest/doctest.h>

#include "tests/support/test_office.h"

using namespace loa;
using namespace loa::test;

TEST_CASE("upcoming airings: what is approved and starts within the time, once for all its stations, by start") {
    TestOffice office{at("2027-02-28T10:00:00Z")};
    office.addMedia('a', 30);
    const auto plan = [&](const std::string& uid, const std::string& start, const std::string& target) {
        importEvents(office.scheduler, TestOffice::calendar(uid, "DTSTART:" + start + "\r\n", target), {});
    };
    plan("both", "20270301T050000Z", "urn:loa:area:thanh-binh");
    plan("sooner", "20270228T110000Z", "urn:loa:station:an-phong");
    plan("too-late", "20270301T100000Z", "urn:loa:area:thanh-binh");
    plan("withdrawn", "20270301T060000Z", "urn:loa:area:thanh-binh");
    office.approveAll();
    takeReviewStep(office.scheduler, ReviewStep::withdraw, {EventId{"withdrawn"}}, "", {});
    plan("draft", "20270301T070000Z", "urn:loa:area:thanh-binh");
    const auto found = upcomingAirings(office.database, office.clock.now(), std::chrono::hours{24});
    CHECK(found == std::vector<UpcomingAiring>{{at("2027-02-28T11:00:00Z"), EventId{"sooner"}, "Tổng đài 1022", 1},
                                               {at("2027-03-01T05:00:00Z"), EventId{"both"}, "Tổng đài 1022", 2}});
}
