// Planning again after something changed.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/scheduler/planning/campaign/campaign_case.h"

using namespace loa;
using namespace loa::test;

namespace {

/// The hotline's campaign at two stations, as it was accepted.
struct Accepted {
    CampaignCase district;
    Accepted() {
        CampaignCase before;
        before.campaign = hotline();
        before.add("s1", usualDays(1, 30));
        before.add("s2", usualDays(1, 30));
        district.campaign = hotline();
        district.earlier = before.plan().placements;
    }
    std::vector<Placement> movedBy(const CampaignProposal& proposal) const {
        std::vector<Placement> moved;
        for (const Placement& each : district.earlier)
            if (std::find(proposal.placements.begin(), proposal.placements.end(), each) == proposal.placements.end())
                moved.push_back(each);
        return moved;
    }
};

}  // namespace

TEST_CASE("plan campaign again: nothing changed, nothing moves") {
    Accepted accepted;
    accepted.district.add("s1", usualDays(1, 30));
    accepted.district.add("s2", usualDays(1, 30));
    const auto proposal = accepted.district.plan();
    CHECK(proposal.placements == accepted.district.earlier);
    CHECK(proposal.score.moves == 0);
}

TEST_CASE("plan campaign again: a new priority event moves the one airing it meets, on its day and at its station") {
    Accepted accepted;
    accepted.district.add("s1", usualDays(1, 30));
    accepted.district.add("s2", usualDays(1, 30), {{onMarch(14, 685), onMarch(14, 695)}});
    const auto proposal = accepted.district.plan();
    const auto moved = accepted.movedBy(proposal);
    REQUIRE(moved.size() == 1);
    CHECK(moved[0].station == StationId{"s2"});
    CHECK(moved[0].start == onMarch(14, 690));
    CHECK(proposal.score.airings == 180);
    CHECK(proposal.score.moves == 1);
}

TEST_CASE("plan campaign again: a daypart that becomes shorter moves what it cuts off and nothing else") {
    Accepted accepted;
    auto airtime = usualDays(1, 30);
    for (std::size_t day = 19; day < 30; ++day)
        airtime.days[day].dayparts[1] = daypart(static_cast<int>(day) + 1, "trưa", 692, 28);
    accepted.district.add("s1", airtime);
    accepted.district.add("s2", usualDays(1, 30));
    const auto proposal = accepted.district.plan();
    const auto moved = accepted.movedBy(proposal);
    CHECK(moved.size() == 11);
    for (const Placement& each : moved) {
        CHECK(each.station == StationId{"s1"});
        CHECK(timeInVietnam(each.start, "") == "11:30");
    }
}

TEST_CASE("plan campaign again: a day that closes gives the turn to nobody else's day") {
    Accepted accepted;
    auto airtime = usualDays(1, 30);
    airtime.days[9].dayparts.clear();
    accepted.district.add("s1", airtime);
    accepted.district.add("s2", usualDays(1, 30));
    const auto proposal = accepted.district.plan();
    CHECK(proposal.score.airings == 177);
    CHECK(proposal.score.moves <= 4);  // the three that are gone, and one that evens out the turn
}

TEST_CASE("plan campaign again: what has aired stays, and what is to come is planned around it") {
    Accepted accepted;
    accepted.district.campaign.announcements.pop_back();
    accepted.district.add("s1", usualDays(1, 30));
    accepted.district.add("s2", usualDays(1, 30));
    const auto noon = onMarch(10, 720);
    const auto proposal =
        planCampaign(accepted.district.campaign, accepted.district.rooms, accepted.district.earlier, noon);
    for (const Placement& each : accepted.district.earlier)
        if (each.start < noon)
            CHECK(std::find(proposal.placements.begin(), proposal.placements.end(), each) != proposal.placements.end());
    CHECK(proposal.score.airings == 180);
    CHECK(proposal.missing.empty());
    for (const Placement& each : proposal.placements)
        CHECK((each.start < noon || each.announcement != MediaId{"1022-4"}));
}

TEST_CASE("plan campaign again: an airing that was moved by hand stays where it was put") {
    Accepted accepted;
    for (Placement& each : accepted.district.earlier)
        if (each.start == onMarch(14, 300)) each.start = onMarch(14, 307);
    accepted.district.add("s1", usualDays(1, 30));
    accepted.district.add("s2", usualDays(1, 30), {{onMarch(14, 689), onMarch(14, 692)}});
    const auto proposal = accepted.district.plan();
    const auto moved = accepted.movedBy(proposal);
    REQUIRE(moved.size() == 1);
    CHECK(moved[0].start == onMarch(14, 690));
}

TEST_CASE("plan campaign again: what has aired keeps the next one away") {
    CampaignCase district;
    district.campaign = hotline();
    district.campaign.last = march(2);
    district.add("s1", usualDays(1, 2));
    district.earlier = {{StationId{"s1"}, MediaId{"1022-1"}, onMarch(1, 1025)}};
    const auto proposal = planCampaign(district.campaign, district.rooms, district.earlier, onMarch(1, 1030));
    CHECK(proposal.placements.size() == 4);
    REQUIRE(proposal.missing.size() == 1);
    CHECK(proposal.missing[0].code == "past");
    CHECK(proposal.missing[0].count == 2);
    CHECK(proposal.placements[1].start == onMarch(2, 300));
    CHECK(proposal.placements[1].announcement == MediaId{"1022-2"});
}
