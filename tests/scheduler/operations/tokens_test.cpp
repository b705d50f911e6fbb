#include "scheduler/operations/tokens.h"

#include <doctest/doctest.h>

#include "scheduler/operations/callers.h"
#include "scheduler/storage/connection.h"
#include "tests/support/enrolled_station.h"
#include "tests/support/test_people.h"

using namespace loa;
using namespace loa::test;

TEST_CASE("tokens: a revoked token opens nothing from that moment, and only what opens something is listed") {
    TestOffice office;
    Callers callers{office.scheduler};
    const auto kept = enrolled(office, "tan-hue");
    const auto lost = enrolled(office, "an-phong");
    const auto id = callers.ofToken(lost.token)->token->id;
    revokeToken(office.database, office.clock, id);
    CHECK_FALSE(callers.ofToken(lost.token));
    CHECK(callers.ofToken(kept.token));
    CHECK_THROWS_AS(revokeToken(office.database, office.clock, id), Error);
    const auto left = usableTokens(office.database, office.clock);
    REQUIRE(left.size() == 1);
    CHECK(left.front().name == "tan-hue");
    CHECK_FALSE(left.front().lastUsed.has_value());
    office.door.tokenUses().finish(office.database);
    CHECK(usableTokens(office.database, office.clock).front().lastUsed == office.clock.now());
}

TEST_CASE("tokens: who was taken in anew meanwhile gets no token from a session they had") {
    TestOffice office;
    const auto person = personOf(office, "lan", {{Role::author, AreaId{"tan-hue"}}});
    const auto own = asPerson(office, person);
    issuePersonalToken(own, person.id, "máy", {Right::draft}, std::nullopt);
    resetPerson(office.scheduler, person.id);
    CHECK_THROWS_AS(issuePersonalToken(own, person.id, "máy", {Right::draft}, std::nullopt), Error);
}

TEST_CASE("tokens: a use writes nothing; it is written down a minute later, and shown from then and before") {
    TestOffice office;
    Callers callers{office.scheduler};
    const auto lan = personOf(office, "lan", {{Role::author, AreaId{"tan-hue"}}});
    const auto secret = issuePersonalToken(office.scheduler, lan.id, "máy", {Right::draft}, std::nullopt).secret;
    auto& uses = office.door.tokenUses();
    const auto shown = [&] { return personalTokens(office.scheduler, lan.id).front().lastUsed; };
    const auto written = [&] { return usableTokens(office.database, office.clock).front().lastUsed; };
    const auto before = office.database.changes();
    const auto first = office.clock.now();
    for (int i = 0; i < 100; ++i) {
        if (i > 0) office.clock.advance(Milliseconds{100});
        CHECK(callers.ofToken(secret));
    }
    CHECK(office.database.changes() == before);
    CHECK(shown() == first + Milliseconds{9'900});
    CHECK_FALSE(written());
    uses.keep(office.database, office.clock.sinceBoot());
    CHECK(written() == first + Milliseconds{9'900});
    CHECK(shown() == written());
    office.clock.advance(Milliseconds{59'999});
    CHECK(callers.ofToken(secret));
    const auto second = office.clock.now();
    uses.keep(office.database, office.clock.sinceBoot());
    CHECK(written() == first + Milliseconds{9'900});
    CHECK(shown() == second);
    office.clock.advance(Milliseconds{1});
    uses.keep(office.database, office.clock.sinceBoot());
    CHECK(written() == second);
    office.clock.advance(Milliseconds{1});
    CHECK(callers.ofToken(secret));
    uses.finish(office.database);
    CHECK(written() == office.clock.now());
}

TEST_CASE("tokens: a use never goes back, and one that cannot be written down is kept") {
    TestOffice office;
    const auto lan = personOf(office, "lan", {{Role::author, AreaId{"tan-hue"}}});
    issuePersonalToken(office.scheduler, lan.id, "máy", {Right::draft}, std::nullopt);
    const auto id = personalTokens(office.scheduler, lan.id).front().id;
    const auto shown = [&] { return personalTokens(office.scheduler, lan.id).front().lastUsed; };
    const auto now = office.clock.now();
    TokenUses& uses = office.door.tokenUses();
    uses.note(id, now);
    uses.finish(office.database);
    uses.note(id, now - Milliseconds{5});
    uses.finish(office.database);
    CHECK(shown() == now);
    uses.note(id, now + Milliseconds{7});
    uses.note(id, now + Milliseconds{6});
    CHECK(shown() == now + Milliseconds{7});
    const auto raw = [&](const std::string& sql) {
        Connection{office.directory.path() / "loa.db", Connection::Access::write, Durability::full}.executeOnce(sql);
    };
    raw("CREATE TRIGGER stuck BEFORE UPDATE ON token BEGIN SELECT RAISE(ABORT, 'stuck'); END");
    CHECK_THROWS(uses.finish(office.database));
    CHECK(shown() == now + Milliseconds{7});
    raw("DROP TRIGGER stuck");
    uses.finish(office.database);
    CHECK(usableTokens(office.database, office.clock).front().lastUsed == now + Milliseconds{7});
}

TEST_CASE("tokens: a secret that nobody made opens nothing") {
    TestOffice office;
    Callers callers{office.scheduler};
    enrolled(office, "tan-hue");
    CHECK_FALSE(callers.ofToken("loa_station_" + std::string(64, '0')));
    CHECK_FALSE(callers.ofToken(""));
}
