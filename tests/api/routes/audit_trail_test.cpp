// The audit trail as people read it over the API, and what its verification says.
#include <doctest/doctest.h>

#include "scheduler/operations/audit_heads.h"
#include "tests/api/routes/served.h"
#include "tests/support/audit_trail.h"

using namespace loa;
using namespace loa::test;

TEST_CASE("audit: the trail is read newest first, page by page, by time, object and actor") {
    Served served;
    auto& office = served.office;
    office.clock.set(at("2027-03-01T05:00:00Z"));
    for (int i = 0; i < 205; ++i) office.addArea(i % 2 ? "phu-loi" : "an-long", std::nullopt);
    const auto newest = newestOf(office.database);
    const auto first = served.json(Method::get, "/v1/audit");
    REQUIRE(first.at("entries").size() == 200);
    CHECK(first.at("entries").at(0).at("number") == newest);
    CHECK(first.at("next") == newest - 199);
    const auto second = served.json(Method::get, "/v1/audit?before=" + std::to_string(newest - 199));
    CHECK(second.at("entries").size() == static_cast<std::size_t>(newest - 200));
    CHECK(second.at("entries").at(0).at("number") == newest - 200);
    CHECK_FALSE(second.contains("next"));
    const auto count = [&](const std::string& query) {
        return served.json(Method::get, "/v1/audit?" + query).at("entries").size();
    };
    CHECK(count("object=area:phu-loi") == 102);
    CHECK(count("object=area:phu-loi&actor=nobody") == 0);
    CHECK(count("to=2027-03-01T05:00:00Z") == static_cast<std::size_t>(newest - 205));
    CHECK(count("from=2027-03-01T05:00:00Z&object=area:an-long") == 103);
    CHECK(served.refusal(Method::get, "/v1/audit?before=0") == "bad-before");
    CHECK(served.refusal(Method::get, "/v1/audit?from=today") == "bad-instant");
    const auto entry = first.at("entries").at(1);
    CHECK(entry.at("actor").at("kind") == "program");
    CHECK(entry.at("before") == Json{{"id", "phu-loi"}, {"name", "địa bàn phu-loi"}});
    CHECK(entry.at("before") == entry.at("after"));
}

TEST_CASE("audit: the verification says that the trail is intact, and where it is no more") {
    Served served;
    auto& office = served.office;
    const auto verify = [&] { return served.json(Method::get, "/v1/audit/verification"); };
    CHECK(verify().at("breaks").at(0).at("code") == "heads-missing");
    const auto head = writeAuditHead(office.scheduler.auditHeads, office.database, office.clock, office.key);
    CHECK(verify() == Json{{"intact", true},
                           {"entries", head.number},
                           {"newestHead", {{"day", "2027-02-28"}, {"number", head.number}, {"hash", head.hash}}},
                           {"breaks", Json::array()},
                           {"restores", Json::array()}});
    forge(office.directory.path() / "loa.db", {"UPDATE audit_entry SET actor_name = 'minh' WHERE number = 2"});
    const auto broken = verify();
    CHECK_FALSE(broken.at("intact"));
    CHECK(broken.at("breaks").size() == 1);
    CHECK(broken.at("breaks").at(0).at("code") == "entry-changed");
    CHECK(broken.at("breaks").at(0).at("number") == 2);
}
