#include "scheduler/operations/tokens.h"

#include <doctest/doctest.h>

#include "scheduler/operations/callers.h"
#include "tests/support/test_people.h"

using namespace loa;
using namespace loa::test;

TEST_CASE("tokens: a station's new token ends the one before, and is only this station's") {
    TestOffice office;
    Callers callers{office.database, office.clock};
    const StationId station{"tan-hue"};
    const auto first = issueStationToken(office.scheduler, station);
    const auto second = issueStationToken(office.scheduler, station);
    CHECK_FALSE(callers.ofToken(first.secret));
    const auto caller = callers.ofToken(second.secret);
    REQUIRE(caller);
    CHECK(caller->token->kind == TokenKind::station);
    CHECK(caller->token->station == station);
    CHECK_FALSE(caller->standing.holds(Right::seePlaces));
    CHECK_THROWS_AS(issueStationToken(office.scheduler, StationId{"nowhere"}), Error);
}

TEST_CASE("tokens: a revoked token opens nothing from that moment, and only what opens something is listed") {
    TestOffice office;
    Callers callers{office.database, office.clock};
    const auto kept = issueStationToken(office.scheduler, StationId{"tan-hue"});
    const auto lost = issueStationToken(office.scheduler, StationId{"an-phong"});
    const auto id = callers.ofToken(lost.secret)->token->id;
    revokeToken(office.database, office.clock, id);
    CHECK_FALSE(callers.ofToken(lost.secret));
    CHECK(callers.ofToken(kept.secret));
    CHECK_THROWS_AS(revokeToken(office.database, office.clock, id), Error);
    const auto left = usableTokens(office.database, office.clock);
    REQUIRE(left.size() == 1);
    CHECK(left.front().name == "tan-hue");
    CHECK(left.front().lastUsed.has_value());
}

TEST_CASE("tokens: who was taken in anew meanwhile gets no token from a session they had") {
    TestOffice office;
    const auto person = personOf(office, "lan", {{Role::author, AreaId{"tan-hue"}}});
    const auto own = asPerson(office, person);
    issuePersonalToken(own, person.id, "máy", {Right::draft}, std::nullopt);
    resetPerson(office.scheduler, person.id);
    CHECK_THROWS_AS(issuePersonalToken(own, person.id, "máy", {Right::draft}, std::nullopt), Error);
}

TEST_CASE("tokens: a secret that nobody made opens nothing") {
    TestOffice office;
    Callers callers{office.database, office.clock};
    issueStationToken(office.scheduler, StationId{"tan-hue"});
    CHECK_FALSE(callers.ofToken("loa_station_" + std::string(64, '0')));
    CHECK_FALSE(callers.ofToken(""));
}
