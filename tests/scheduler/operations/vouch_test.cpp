#include "scheduler/operations/vouch.h"

#include <doctest/doctest.h>

#include "tests/scheduler/operations/refusal.h"
#include "tests/support/test_people.h"

using namespace loa;
using namespace loa::test;

namespace {

const AreaId tanHue{"tan-hue"};
const std::vector<Grant> approver{{Role::approver, tanHue}};

struct Admins : TestOffice {
    Scheduler first = asPerson(*this, personOf(*this, "first", {{Role::admin, std::nullopt}}));

    Scheduler second() { return asPerson(*this, personOf(*this, "second", {{Role::admin, std::nullopt}})); }
    Person person(const char* id) {
        return database.read(
            [&](ReadTransaction& transaction) { return PersonRepository::find(transaction, PersonId{id}).value(); });
    }
    /// Settled in, with the second factor that was asked for.
    bool mayApprove(const char* id) {
        auto own = person(id);
        own.hasInitialPassword = false;
        own.secondFactor = commonFactor;
        return asPerson(*this, own).standing.holdsAt(Right::approve, tanHue);
    }
    std::string vouch(const Scheduler& by, const char* id) {
        return refusalOf([&] { vouchFor(by, PersonId{id}); });
    }
};

}  // namespace

TEST_CASE("vouching: an approver whom one admin made approves nothing until a second one has vouched for them") {
    Admins office;
    const auto second = office.second();
    addPerson(office.first, PersonId{"puppet"}, "P", approver);
    CHECK_FALSE(office.mayApprove("puppet"));
    office.clock.advance(std::chrono::hours{24 * 365});
    CHECK_FALSE(office.mayApprove("puppet"));
    CHECK(office.vouch(office.first, "puppet") == "own-giving");
    CHECK(office.vouch(second, "puppet").empty());
    CHECK(office.mayApprove("puppet"));
    CHECK(office.vouch(second, "puppet") == "nothing-to-vouch");
}

TEST_CASE("vouching: a new way in to an approver's account is held back, and so is a role that is added") {
    Admins office;
    office.second();
    personOf(office, "minh", approver);
    personOf(office, "lan", {{Role::author, tanHue}});
    CHECK(office.mayApprove("minh"));
    resetPerson(office.first, PersonId{"minh"});
    CHECK_FALSE(office.mayApprove("minh"));
    resetPerson(office.first, PersonId{"lan"});
    CHECK_FALSE(office.person("lan").unvouched);
    changePerson(office.first, PersonId{"lan"}, "L", {{Role::author, tanHue}, {Role::approver, tanHue}});
    CHECK_FALSE(office.mayApprove("lan"));
    changePerson(office.first, PersonId{"lan"}, "Lan", {{Role::approver, tanHue}, {Role::author, tanHue}});
    CHECK_FALSE(office.mayApprove("lan"));
    changePerson(office.first, PersonId{"lan"}, "Lan", {{Role::author, tanHue}});
    CHECK_FALSE(office.person("lan").unvouched);
}

TEST_CASE("vouching: an admin whom an admin made vouches for nobody, nor one whose account they took") {
    Admins office;
    office.second();
    addPerson(office.first, PersonId{"puppet"}, "P", approver);
    for (const char* id : {"third", "second"}) {
        if (std::string{id} == "third")
            addPerson(office.first, PersonId{id}, "T", {{Role::admin, std::nullopt}});
        else
            resetPerson(office.first, PersonId{id});
        auto taken = office.person(id);
        taken.hasInitialPassword = false;
        taken.secondFactor = commonFactor;
        const auto own = asPerson(office, taken);
        CHECK_FALSE(own.standing.holds(Right::managePeople));
        CHECK(own.standing.holds(Right::keepPlaces));
        CHECK(office.vouch(own, "puppet") == "no-such-person");
    }
}

TEST_CASE("vouching: where there is no second admin a day has to pass, in sight of admins and auditors") {
    Admins office;
    const auto auditor = asPerson(office, personOf(office, "auditor", {{Role::auditor, std::nullopt}}));
    const auto author = asPerson(office, personOf(office, "author", {{Role::author, std::nullopt}}));
    addPerson(office.first, PersonId{"minh"}, "M", approver);
    for (const auto& each : {office.first, auditor}) {
        REQUIRE(unvouchedInSight(each).size() == 1);
        CHECK(unvouchedInSight(each).front().unvouched->by == PersonId{"first"});
    }
    CHECK(unvouchedInSight(author).empty());
    office.clock.advance(aloneFor - Milliseconds{1});
    CHECK_FALSE(office.mayApprove("minh"));
    office.clock.advance(Milliseconds{1});
    CHECK(office.mayApprove("minh"));
    CHECK(unvouchedInSight(auditor).size() == 1);
    office.clock.advance(noticeLife + Milliseconds{1});
    CHECK(unvouchedInSight(auditor).empty());
}

TEST_CASE("vouching: what the command line gives is not held back, and it frees who was") {
    Admins office;
    office.second();
    addPerson(office.scheduler, PersonId{"minh"}, "M", approver);
    CHECK(office.mayApprove("minh"));
    resetPerson(office.first, PersonId{"minh"});
    CHECK_FALSE(office.mayApprove("minh"));
    resetPerson(office.scheduler, PersonId{"minh"});
    CHECK(office.mayApprove("minh"));
}

TEST_CASE("vouching: a session begins to approve when its time has come, without a change in the store") {
    Admins office;
    const auto minh = personOf(office, "minh", approver);
    giveAlone(office, minh.id, "first", office.clock.now() + aloneFor);
    Callers callers{office.scheduler};
    const auto secret = sessionOf(office, minh.id);
    CHECK_FALSE(callers.ofSession(secret)->standing.holds(Right::approve));
    office.clock.advance(aloneFor);
    CHECK(callers.ofSession(secret)->standing.holds(Right::approve));
}
