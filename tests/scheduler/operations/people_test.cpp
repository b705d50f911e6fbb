#include "scheduler/operations/people.h"

#include <doctest/doctest.h>

#include "scheduler/operations/callers.h"
#include "scheduler/operations/sign_in.h"
#include "scheduler/people/second_factor.h"
#include "tests/scheduler/operations/refusal.h"
#include "tests/support/test_people.h"

using namespace loa;
using namespace loa::test;

namespace {

using Grants = std::vector<Grant>;
const AreaId tanHue{"tan-hue"};
const AreaId thanhBinh{"thanh-binh"};

}  // namespace

TEST_CASE("people: who is added gets a password of their own and nothing but their account until it is changed") {
    TestOffice office;
    const auto added = addPerson(office.scheduler, PersonId{"lan"}, " Nguyễn  Thị Lan ", {{Role::author, tanHue}});
    CHECK(added.person.name == "Nguyễn Thị Lan");
    CHECK(added.person.hasInitialPassword);
    const auto signedIn = signIn(office.scheduler, "lan", added.password, std::nullopt);
    Callers callers{office.scheduler};
    const auto before = callers.ofSession(signedIn.secret)->standing;
    CHECK(before.holds(Right::ownAccount));
    CHECK_FALSE(before.holds(Right::seePlaces));
    const auto after =
        changePassword(office.scheduler, signedIn.session.id, added.password, "bốn từ bất kỳ nào").secret;
    CHECK(callers.ofSession(after)->standing.holdsAt(Right::draft, tanHue));
    CHECK_FALSE(callers.ofSession(signedIn.secret));
}

TEST_CASE("people: names, roles and places that cannot be are refused, and a name is given once") {
    TestOffice office;
    const auto add = [&](const std::string& id, const Grants& grants) {
        return refusalOf([&] { addPerson(office.scheduler, PersonId{id}, "Lan", grants); });
    };
    CHECK(add("Lan", {{Role::author, tanHue}}) == "bad-id");
    CHECK(add("", {{Role::author, tanHue}}) == "bad-id");
    CHECK(add("lan", {}) == "no-role");
    CHECK(add("lan", {{Role::author, AreaId{"nowhere"}}}) == "unknown-area");
    CHECK(add("lan", {{Role::admin, std::nullopt}, {Role::approver, tanHue}}) == "admin-makes-no-sound");
    CHECK(add("lan", {{Role::author, tanHue}}).empty());
    disablePerson(office.scheduler, PersonId{"lan"});
    CHECK(add("lan", {{Role::author, tanHue}}) == "person-exists");
    CHECK(refusalOf([&] { removeArea(office.scheduler, tanHue); }) != "");
}

TEST_CASE("people: an admin of a place manages who is in or below it, and nobody else is there for them") {
    TestOffice office;
    const auto admin = personOf(office, "admin", {{Role::admin, thanhBinh}});
    personOf(office, "in-tinh", {{Role::auditor, std::nullopt}});
    personOf(office, "lan", {{Role::author, tanHue}});
    auto district = asPerson(office, admin);
    CHECK(peopleInSight(district).size() == 2);
    CHECK(refusalOf([&] { personInSight(district, PersonId{"in-tinh"}); }) == "no-such-person");
    CHECK(refusalOf([&] { resetPerson(district, PersonId{"in-tinh"}); }) == "no-such-person");
    CHECK(refusalOf([&] { addPerson(district, PersonId{"x"}, "X", {{Role::author, std::nullopt}}); }) == "forbidden");
    CHECK(refusalOf([&] {
              changePerson(district, PersonId{"lan"}, "L", {{Role::author, std::nullopt}});
          }) == "forbidden");
    CHECK(refusalOf([&] { addPerson(district, PersonId{"x"}, "X", {{Role::author, tanHue}}); }).empty());
}

TEST_CASE("people: nobody changes, resets or disables themselves") {
    TestOffice office;
    const auto admin = personOf(office, "admin", {{Role::admin, std::nullopt}});
    auto own = asPerson(office, admin);
    CHECK(refusalOf([&] { changePerson(own, admin.id, "A", {{Role::auditor, std::nullopt}}); }) == "own-account");
    CHECK(refusalOf([&] { resetPerson(own, admin.id); }) == "own-account");
    CHECK(refusalOf([&] { disablePerson(own, admin.id); }) == "own-account");
}

TEST_CASE("people: sessions and tokens end when roles change, the password is reset or the person is disabled, F59") {
    TestOffice office;
    Callers callers{office.scheduler};
    const PersonId id{"lan"};
    const std::vector<std::pair<const char*, std::function<void()>>> ends{
        {"roles",
         [&] {
             changePerson(office.scheduler, id, "Lan", {{Role::auditor, tanHue}});
         }},
        {"reset", [&] { resetPerson(office.scheduler, id); }},
        {"disabled", [&] { disablePerson(office.scheduler, id); }}};
    personOf(office, "lan", {{Role::author, tanHue}});
    for (const auto& [what, end] : ends) {
        CAPTURE(what);
        const auto session = sessionOf(office, id);
        const auto token = issuePersonalToken(office.scheduler, id, "máy", {Right::seePlan}, std::nullopt).secret;
        CHECK(callers.ofSession(session));
        CHECK(callers.ofToken(token));
        end();
        CHECK_FALSE(callers.ofSession(session));
        CHECK_FALSE(callers.ofToken(token));
    }
    CHECK(refusalOf([&] { issuePersonalToken(office.scheduler, id, "x", {Right::seePlan}, std::nullopt); }) ==
          "no-such-person");
}

TEST_CASE("people: a new name alone ends nothing") {
    TestOffice office;
    Callers callers{office.scheduler};
    const auto lan = personOf(office, "lan", {{Role::author, tanHue}});
    const auto session = sessionOf(office, lan.id);
    changePerson(office.scheduler, lan.id, "Chị Lan", lan.grants);
    CHECK(callers.ofSession(session)->person->name == "Chị Lan");
}

TEST_CASE(
    "tokens: a personal one is good for what it names and its person holds, and never for what is dangerous, F59") {
    TestOffice office;
    Callers callers{office.scheduler};
    const auto lan = personOf(office, "lan", {{Role::author, tanHue}});
    auto own = asPerson(office, lan);
    const auto issue = [&](const std::set<Right>& rights) {
        return refusalOf([&] { issuePersonalToken(own, lan.id, "máy", rights, std::nullopt); });
    };
    CHECK(issue({}) == "not-for-tokens");
    CHECK(issue({Right::approve}) == "not-for-tokens");
    CHECK(issue({Right::ownAccount}) == "not-for-tokens");
    CHECK(issue({Right::backUp}) == "forbidden");
    const auto secret = issuePersonalToken(own, lan.id, "máy", {Right::seePlan}, std::nullopt).secret;
    const auto caller = callers.ofToken(secret);
    CHECK(caller->standing.holdsAt(Right::seePlan, tanHue));
    CHECK_FALSE(caller->standing.holds(Right::draft));
    auto forged = personalTokens(own, lan.id).front();
    forged.rights.insert(Right::approve);
    office.database.write([&](WriteTransaction& transaction) { TokenRepository::save(transaction, forged); });
    CHECK_FALSE(callers.ofToken(secret)->standing.holds(Right::approve));
}

TEST_CASE("tokens: each person sees and revokes their own, and the last use is shown") {
    TestOffice office;
    Callers callers{office.scheduler};
    const auto lan = personOf(office, "lan", {{Role::author, tanHue}});
    const auto minh = personOf(office, "minh", {{Role::author, tanHue}});
    const auto secret =
        issuePersonalToken(office.scheduler, lan.id, "máy", {Right::seePlan}, std::chrono::hours{24}).secret;
    callers.ofToken(secret);
    const auto mine = personalTokens(office.scheduler, lan.id);
    REQUIRE(mine.size() == 1);
    CHECK(mine.front().lastUsed == office.clock.now());
    CHECK(personalTokens(office.scheduler, minh.id).empty());
    CHECK(refusalOf([&] { revokePersonalToken(office.scheduler, minh.id, mine.front().id); }) == "no-such-token");
    revokePersonalToken(office.scheduler, lan.id, mine.front().id);
    CHECK_FALSE(callers.ofToken(secret));
    const auto brief =
        issuePersonalToken(office.scheduler, lan.id, "máy", {Right::seePlan}, std::chrono::hours{24}).secret;
    office.clock.advance(std::chrono::hours{24});
    CHECK_FALSE(callers.ofToken(brief));
}
