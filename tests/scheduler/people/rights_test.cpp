#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "scheduler/domain/error.h"
#include "scheduler/people/standing.h"

using namespace loa;

namespace {

template <class Work>
std::string refusal(const Work& work) {
    try {
        work();
        return "";
    } catch (const Error& error) {
        return error.code();
    }
}

std::set<Right> everything() {
    std::set<Right> rights;
    for (const auto& [right, word] : choiceWords<Right>) rights.insert(right);
    return rights;
}

/// dong-thap > thanh-binh > {an-phong, tan-hue}
const AreaParents parents{{AreaId{"dong-thap"}, std::nullopt},
                          {AreaId{"thanh-binh"}, AreaId{"dong-thap"}},
                          {AreaId{"an-phong"}, AreaId{"thanh-binh"}},
                          {AreaId{"tan-hue"}, AreaId{"thanh-binh"}}};

Standing standing(std::vector<Grant> grants) {
    return Standing{std::move(grants), everything(), parents};
}

const AreaId province{"dong-thap"};
const AreaId district{"thanh-binh"};
const AreaId commune{"tan-hue"};
const AreaId neighbour{"an-phong"};

}  // namespace

TEST_CASE("rights: an admin neither drafts nor approves nor makes a sound, and an author does not approve") {
    for (const auto right :
         {Right::draft, Right::planCampaigns, Right::addMedia, Right::approve, Right::settleClashes, Right::setAirtime})
        CHECK_FALSE(has(Role::admin, right));
    CHECK_FALSE(has(Role::author, Right::approve));
    CHECK_FALSE(has(Role::approver, Right::draft));
    for (const auto& [right, word] : choiceWords<Right>) {
        CAPTURE(word);
        const bool sounds = right == Right::draft || right == Right::planCampaigns || right == Right::approve;
        for (const auto& [role, name] : choiceWords<Role>)
            if (sounds && has(role, right)) CHECK(mayMakeSound(role));
    }
}

TEST_CASE("rights: what is dangerous is nothing for a token, and neither is one's own account") {
    CHECK(isDangerous(Right::approve));
    CHECK(isDangerous(Right::enrolStations));
    CHECK(isDangerous(Right::managePeople));
    for (const auto right :
         {Right::approve, Right::enrolStations, Right::managePeople, Right::ownAccount, Right::ownTokens})
        CHECK_FALSE(isForTokens(right));
    CHECK(isForTokens(Right::draft));
}

TEST_CASE("roles: an admin may hold no role that may make or approve a sound; the others go together") {
    using Grants = std::vector<Grant>;
    for (const auto role : {Role::author, Role::approver, Role::dutyOfficer})
        CHECK(refusal([&] {
                  checkGrants(Grants{{Role::admin, std::nullopt}, {role, commune}});
              }) == "admin-makes-no-sound");
    CHECK(refusal([&] { checkGrants(Grants{{Role::admin, std::nullopt}, {Role::auditor, std::nullopt}}); }).empty());
    CHECK(refusal([&] { checkGrants(Grants{{Role::author, commune}, {Role::approver, district}}); }).empty());
    CHECK(refusal([&] { checkGrants(Grants{}); }) == "no-role");
    CHECK(refusal([&] { checkGrants(Grants{{Role::author, commune}, {Role::author, commune}}); }) == "role-twice");
}

TEST_CASE("standing: a right holds at the area of its grant and below, not above and not beside") {
    const auto author = standing({{Role::author, district}});
    CHECK(author.holdsAt(Right::draft, district));
    CHECK(author.holdsAt(Right::draft, commune));
    CHECK_FALSE(author.holdsAt(Right::draft, province));
    CHECK_FALSE(author.holdsAt(Right::draft, std::nullopt));
    CHECK_FALSE(author.holdsAt(Right::approve, commune));
    const auto communal = standing({{Role::author, commune}});
    CHECK_FALSE(communal.holdsAt(Right::draft, neighbour));
    CHECK_FALSE(communal.holdsAt(Right::draft, AreaId{"nowhere"}));
    CHECK(standing({{Role::author, std::nullopt}}).holdsAt(Right::draft, std::nullopt));
}

TEST_CASE("standing: the neighbour and what lies above are out of sight, though what airs from above reaches down") {
    const auto communal = standing({{Role::auditor, commune}});
    CHECK(communal.sees(commune));
    CHECK_FALSE(communal.sees(neighbour));
    CHECK_FALSE(communal.sees(district));
    CHECK_FALSE(communal.sees(std::nullopt));
    CHECK(communal.reaches(province));
    CHECK_FALSE(communal.reaches(neighbour));
    CHECK_FALSE(communal.seesAll());
}

TEST_CASE("standing: one role's right does not hold where only another role has its place") {
    const auto both = standing({{Role::author, commune}, {Role::auditor, district}});
    CHECK(both.sees(neighbour));
    CHECK(both.holdsAt(Right::seePlan, neighbour));
    CHECK_FALSE(both.holdsAt(Right::draft, neighbour));
}

TEST_CASE("standing: without a grant there is nothing, and what is not allowed does not hold") {
    CHECK_FALSE(Standing{}.holds(Right::seePlaces));
    const Standing limited{{{Role::author, std::nullopt}}, {Right::ownAccount}, parents};
    CHECK(limited.holds(Right::ownAccount));
    CHECK_FALSE(limited.holds(Right::draft));
    CHECK(Standing::ofProgram().holdsAt(Right::backUp, std::nullopt));
}

TEST_CASE("standing: a circle of areas ends") {
    const Standing lost{
        {{Role::author, commune}}, everything(), {{AreaId{"a"}, AreaId{"b"}}, {AreaId{"b"}, AreaId{"a"}}}};
    CHECK_FALSE(lost.sees(AreaId{"a"}));
}
