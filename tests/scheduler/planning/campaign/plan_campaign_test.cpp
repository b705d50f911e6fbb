#include "scheduler/planning/campaign/plan_campaign.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "scheduler/domain/error.h"
#include "tests/scheduler/planning/campaign/campaign_case.h"

using namespace loa;
using namespace loa::test;

namespace {

/// "05:00 1022-1, 11:30 1022-2"
std::string timesOn(const CampaignProposal& proposal, int day, const std::string& station = "s1") {
    std::string times;
    for (const Placement& each : proposal.placements)
        if (each.station.text() == station && dayInVietnam(each.start, "") == march(day))
            times += (times.empty() ? "" : ", ") + timeInVietnam(each.start, "") + " " + each.announcement.text();
    return times;
}

std::map<std::string, int> airingsByAnnouncement(const CampaignProposal& proposal, const std::string& station = "s1") {
    std::map<std::string, int> counts;
    for (const Placement& each : proposal.placements)
        if (each.station.text() == station) ++counts[each.announcement.text()];
    return counts;
}

}  // namespace

TEST_CASE("plan campaign: four announcements in turn, three times a day, at the same round times every day") {
    CampaignCase district;
    district.campaign = hotline();
    district.add("s1", usualDays(1, 30));
    district.add("s2", usualDays(1, 30));
    const auto proposal = district.plan();
    CHECK(proposal.score == CampaignScore{180, 0, 0, 2, 5, 5 * 60, 0});
    CHECK(proposal.proven);
    CHECK(proposal.missing.empty());
    CHECK(timesOn(proposal, 1) == "05:00 1022-1, 11:30 1022-2, 18:00 1022-3");
    CHECK(timesOn(proposal, 2) == "05:00 1022-4, 11:30 1022-1, 18:00 1022-2");
    CHECK(timesOn(proposal, 30, "s2") == timesOn(proposal, 30));
    CHECK(airingsByAnnouncement(proposal) ==
          std::map<std::string, int>{{"1022-1", 23}, {"1022-2", 23}, {"1022-3", 22}, {"1022-4", 22}});
}

TEST_CASE("plan campaign: what is planned already keeps its room, and only that day is other than usual") {
    CampaignCase district;
    district.campaign = hotline();
    district.add("s1", usualDays(1, 30), {{onMarch(10, 299), onMarch(10, 303)}});
    const auto proposal = district.plan();
    CHECK(proposal.score.airings == 90);
    CHECK(timesOn(proposal, 9) == "05:00 1022-1, 11:30 1022-2, 18:00 1022-3");
    CHECK(timesOn(proposal, 10) == "05:05 1022-4, 11:30 1022-1, 18:00 1022-2");
}

TEST_CASE("plan campaign: quiet hours, special days and closed weekdays stay silent, each with its reason") {
    CampaignCase district;
    district.campaign = hotline();
    auto airtime = usualDays(1, 30);
    airtime.days[6].dayparts.clear();
    airtime.days[9].special = "Giỗ Tổ";
    airtime.days[9].dayparts.clear();
    airtime.days[11].quiet.push_back({"tang lễ", {onMarch(12, 0), onMarch(12, 900)}});
    district.add("s1", airtime);
    const auto proposal = district.plan();
    CHECK(proposal.score.airings == 90 - 3 - 3 - 2);
    REQUIRE(proposal.missing.size() == 3);
    CHECK(proposal.missing[0].day == march(7));
    CHECK(proposal.missing[0].count == 3);
    CHECK(proposal.missing[0].code == "outside-dayparts");
    CHECK(proposal.missing[1].code == "special-day");
    CHECK(proposal.missing[1].reason.vi == "“Giỗ Tổ” không phát tin thường kỳ.");
    CHECK(proposal.missing[2].code == "quiet-hours");
    CHECK(proposal.missing[2].count == 2);
}

TEST_CASE("plan campaign: quiet hours that begin the evening before hold in the morning") {
    CampaignCase district;
    district.campaign = hotline();
    district.campaign.first = district.campaign.last = march(2);
    auto airtime = usualDays(1, 2);
    airtime.days[0].quiet.push_back({"ban đêm", {onMarch(1, 1320), onMarch(2, 360)}});
    district.add("s1", airtime);
    CHECK(timesOn(district.plan(), 2) == "06:00 1022-1, 11:45 1022-2, 18:00 1022-3");
}

TEST_CASE("plan campaign: a closed day takes nobody's turn") {
    CampaignCase district;
    district.campaign = hotline();
    district.campaign.airingsPerDay = 1;
    auto airtime = usualDays(1, 30);
    for (std::size_t i = 3; i < 30; i += 4) airtime.days[i].dayparts.clear();
    district.add("s1", airtime);
    const auto proposal = district.plan();
    CHECK(proposal.score.airings == 23);
    CHECK(proposal.score.announcementSpread == 1);
    CHECK(timesOn(proposal, 5) == "05:00 1022-4");
}

TEST_CASE("plan campaign: an announcement too long for the area is left out, the others come in turn") {
    CampaignCase district;
    district.campaign = hotline();
    auto airtime = usualDays(1, 30);
    for (auto& day : airtime.days) day.longest = 60s;
    district.add("s1", airtime);
    const auto proposal = district.plan();
    CHECK(proposal.score.airings == 90);
    CHECK(airingsByAnnouncement(proposal) ==
          std::map<std::string, int>{{"1022-1", 30}, {"1022-2", 30}, {"1022-3", 30}});
    CHECK(proposal.proven);
}

TEST_CASE("plan campaign: the gap, the share, the ceiling and the daily limit bind, each with its reason") {
    const auto codeOf = [](const Campaign& campaign, AirtimeDay day, const std::vector<Interval>& planned = {}) {
        CampaignCase district;
        district.campaign = campaign;
        district.campaign.last = district.campaign.first;
        district.add("s1", {{std::move(day)}}, planned);
        const auto proposal = district.plan();
        REQUIRE(proposal.missing.size() == 1);
        CHECK(proposal.missing[0].count == campaign.airingsPerDay - proposal.score.airings);
        CHECK(proposal.missing[0].reason.vi != "");
        return proposal.missing[0].code;
    };
    auto campaign = hotline();
    campaign.airingsPerDay = 4;
    CHECK(codeOf(campaign, usualDay(1)) == "campaign-gap");
    campaign.airingsPerDay = 3;
    campaign.announcements = {media("m1", 20min + 1ms)};
    CHECK(codeOf(campaign, usualDay(1)) == "campaign-share");
    campaign.announcements = {media("m1", 20min)};
    campaign.share = 0.5;
    auto day = usualDay(1);
    for (auto& each : day.dayparts) each.ceiling = 30min;
    CHECK(codeOf(campaign, day) == "campaign-share");
    campaign.share = 1;
    for (auto& each : day.dayparts) each.ceiling = 15min;
    CHECK(codeOf(campaign, day) == "over-ceiling");
    campaign = hotline();
    campaign.announcements.resize(2);
    day = usualDay(1);
    day.airingsPerDay = 1;
    CHECK(codeOf(campaign, day) == "too-many-airings");
    CHECK(codeOf(hotline(), usualDay(1), {{onMarch(1, 640), onMarch(1, 730)}}) == "overlap");
    day.longest = 10s;
    CHECK(codeOf(hotline(), day) == "announcement-too-long");
    campaign = hotline();
    campaign.announcements = {media("m1", 90min)};
    campaign.share = 1;
    CHECK(codeOf(campaign, usualDay(1)) == "no-room");
    campaign = hotline();
    campaign.dayparts = {"tối"};
    CHECK(codeOf(campaign, usualDay(1)) == "outside-dayparts");
}

TEST_CASE("plan campaign: a third of a daypart is a third, to the millisecond") {
    CampaignCase district;
    district.campaign = hotline();
    district.campaign.announcements = {media("m1", 30min), media("m2", 30min), media("m3", 20min)};
    district.add("s1", usualDays(1, 30));
    CHECK(district.plan().score.airings == 90);
}

TEST_CASE("plan campaign: only the dayparts it names") {
    CampaignCase district;
    district.campaign = hotline();
    district.campaign.airingsPerDay = 2;
    district.campaign.dayparts = {"trưa", "chiều"};
    district.add("s1", usualDays(1, 30));
    CHECK(timesOn(district.plan(), 1) == "11:00 1022-1, 18:15 1022-2");
}

TEST_CASE("plan campaign: where every hour is open the gap holds over midnight") {
    CampaignCase district;
    district.campaign = hotline();
    district.campaign.airingsPerDay = 12;
    StationAirtime airtime;
    for (int day = 1; day <= 30; ++day) airtime.days.push_back(openDay(day));
    district.add("s1", airtime);
    const auto proposal = district.plan();
    CHECK(proposal.score.airings == 360);
    for (std::size_t i = 1; i < proposal.placements.size(); ++i)
        CHECK(proposal.placements[i].start - proposal.placements[i - 1].start >= 2h);
}

TEST_CASE("plan campaign: a station that is not there on some days says so") {
    CampaignCase district;
    district.campaign = hotline();
    district.add("s1", usualDays(1, 28));
    const auto proposal = district.plan();
    CHECK(proposal.score.airings == 84);
    REQUIRE(proposal.missing.size() == 2);
    CHECK(proposal.missing[1].code == "station-not-valid");
}

TEST_CASE("plan campaign: says what airtime is left at each station") {
    CampaignCase district;
    district.campaign = hotline();
    district.campaign.last = march(2);
    auto airtime = usualDays(1, 2);
    for (auto& day : airtime.days) day.dayparts[1].ceiling = 15min;
    district.add("s1", airtime, {{onMarch(1, 700), onMarch(1, 705)}});
    const auto proposal = district.plan();
    REQUIRE(proposal.left.size() == 3);
    CHECK(proposal.left[2].daypart == "trưa");
    CHECK(proposal.left[2].taken == 60s + 30s);
    CHECK(proposal.left[2].left == 30min - 5min - 90s);
}

TEST_CASE("plan campaign: the order of stations and a second time change nothing") {
    CampaignCase one;
    one.campaign = hotline();
    one.add("s1", usualDays(1, 30), {{onMarch(10, 299), onMarch(10, 303)}});
    one.add("s2", usualDays(1, 30));
    CampaignCase other;
    other.campaign = hotline();
    other.add("s2", usualDays(1, 30));
    other.add("s1", usualDays(1, 30), {{onMarch(10, 299), onMarch(10, 303)}});
    CHECK(one.plan().placements == other.plan().placements);
}

TEST_CASE("plan campaign: a campaign that can never be planned is refused") {
    const auto codeOf = [](const Campaign& campaign, bool hasStation = true) -> std::string {
        CampaignCase district;
        district.campaign = campaign;
        if (hasStation) district.add("s1", usualDays(1, 30));
        try {
            district.plan();
        } catch (const Error& error) {
            return error.code();
        }
        return "";
    };
    const auto with = [&](auto change) {
        auto campaign = hotline();
        change(campaign);
        return codeOf(campaign);
    };
    CHECK(codeOf(hotline()) == "");
    CHECK(codeOf(hotline(), false) == "campaign-without-stations");
    CHECK(with([](Campaign& each) { each.announcements.clear(); }) == "campaign-without-announcements");
    CHECK(with([](Campaign& each) { each.announcements[1] = each.announcements[0]; }) == "campaign-announcement");
    CHECK(with([](Campaign& each) { each.announcements[1].frames = 0; }) == "campaign-announcement");
    CHECK(with([](Campaign& each) { std::swap(each.first, each.last); }) == "campaign-days");
    CHECK(with([](Campaign& each) { each.last = Day{std::chrono::year{2028} / 4 / 5}; }) == "campaign-days");
    CHECK(with([](Campaign& each) { each.airingsPerDay = 0; }) == "campaign-airings");
    CHECK(with([](Campaign& each) { each.smallestGap = 25h; }) == "campaign-gap");
    CHECK(with([](Campaign& each) { each.share = 0; }) == "campaign-share");
}

TEST_CASE("plan campaign: on a day of 25 hours it airs when the wall clock shows its time") {
    CampaignCase district;
    district.campaign = hotline();
    district.campaign.last = march(2);
    auto airtime = usualDays(1, 2);
    auto& longDay = airtime.days[1];  // an hour comes twice before dawn; all after it is an hour later than it would be
    longDay.at.end += 1h;
    for (auto& each : longDay.dayparts) each.at = {each.at.start + 1h, each.at.end + 1h};
    district.add("s1", airtime);
    CHECK(timesOn(district.plan(), 2) == "06:00 1022-4, 12:30 1022-1, 19:00 1022-2");
}
