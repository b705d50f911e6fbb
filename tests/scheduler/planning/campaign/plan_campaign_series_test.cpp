// From placements to the series that are written as VEVENTs.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "scheduler/planning/campaign/series.h"
#include "tests/scheduler/planning/campaign/campaign_case.h"

using namespace loa;
using namespace loa::test;

namespace {

std::string vietnam(const StationId&) {
    return "Asia/Ho_Chi_Minh";
}

std::chrono::local_seconds localTime(Instant at, const std::string&) {
    return std::chrono::local_seconds{std::chrono::floor<std::chrono::seconds>(at + 7h).time_since_epoch()};
}

std::vector<CampaignSeries> seriesOf(const std::vector<Placement>& placements) {
    return campaignSeries(placements, vietnam, localTime);
}

int numberIn(const std::string& rule, const std::string& key, int otherwise) {
    const auto at = rule.find(key + "=");
    return at == std::string::npos ? otherwise : std::stoi(rule.substr(at + key.size() + 1));
}

/// What the series air, by a reading of the rule that knows nothing of how it was made: each day asked by itself.
std::multiset<Placement> airingsOf(const std::vector<CampaignSeries>& all) {
    const std::vector<std::string> names{"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
    std::multiset<Placement> airings;
    for (const CampaignSeries& series : all) {
        const Instant first = Instant{series.start.time_since_epoch()} - 7h;
        const auto firstDay = std::chrono::floor<std::chrono::days>(series.start);
        for (int day = 0; day < (series.rule.empty() ? 1 : 400); ++day) {
            const Instant start = first + std::chrono::days{day};
            const auto local = firstDay + std::chrono::days{day};
            const std::chrono::weekday weekday{local};
            const int interval = numberIn(series.rule, "INTERVAL", 1);
            if (series.rule.starts_with("FREQ=DAILY") && day % interval != 0) continue;
            if (series.rule.starts_with("FREQ=WEEKLY")) {
                const auto monday = firstDay - (std::chrono::weekday{firstDay} - std::chrono::Monday);
                if ((local - monday).count() / 7 % interval != 0) continue;
                const auto days = series.rule.substr(series.rule.find("BYDAY=") + 6);
                if (days.substr(0, days.find(';')).find(names[weekday.c_encoding()]) == std::string::npos) continue;
            }
            if (!series.rule.empty()) {
                auto text = series.rule.substr(series.rule.find("UNTIL=") + 6);
                text = text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6, 5) + ":" +
                       text.substr(11, 2) + ":" + text.substr(13);
                if (start > parseInstant(text).value()) continue;
            }
            const auto& excluded = series.excluded;
            if (std::find(excluded.begin(), excluded.end(), Day{local}) != excluded.end()) continue;
            for (const StationId& station : series.stations) {
                const Placement airing{station, series.announcement, start};
                if (std::find(series.notAt.begin(), series.notAt.end(), airing) == series.notAt.end())
                    airings.insert(airing);
            }
        }
    }
    return airings;
}

void checkSame(const std::vector<Placement>& placements) {
    CHECK((airingsOf(seriesOf(placements)) == std::multiset<Placement>(placements.begin(), placements.end())));
}

}  // namespace

TEST_CASE("campaign series: a turn of four three times a day is twelve daily rules for all stations") {
    CampaignCase district;
    district.campaign = hotline();
    district.add("s1", usualDays(1, 30));
    district.add("s2", usualDays(1, 30));
    const auto placements = district.plan().placements;
    const auto all = seriesOf(placements);
    REQUIRE(all.size() == 12);
    CHECK(all[0].rule == "FREQ=DAILY;INTERVAL=4;UNTIL=20270328T220000Z");
    CHECK(all[0].stations == std::vector{StationId{"s1"}, StationId{"s2"}});
    CHECK(all[0].zone == "Asia/Ho_Chi_Minh");
    CHECK(all[0].start == std::chrono::local_days{march(1)} + 5h);
    CHECK(all[0].excluded.empty());
    checkSame(placements);
}

TEST_CASE("campaign series: one announcement on weekdays is a weekly rule") {
    CampaignCase district;
    district.campaign = hotline();
    district.campaign.announcements.resize(1);
    district.campaign.airingsPerDay = 1;
    auto airtime = usualDays(1, 30);
    for (std::size_t day = 0; day < 30; ++day)
        if (day % 7 >= 5) airtime.days[day].dayparts.clear();
    district.add("s1", airtime);
    const auto placements = district.plan().placements;
    const auto all = seriesOf(placements);
    REQUIRE(all.size() == 1);
    CHECK(all[0].rule == "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20270329T220000Z");
    checkSame(placements);
}

TEST_CASE("campaign series: a holiday is an exclusion, not another rule") {
    CampaignCase district;
    district.campaign = hotline();
    district.campaign.announcements.resize(3);
    auto airtime = usualDays(1, 30);
    airtime.days[9].dayparts.clear();
    district.add("s1", airtime);
    const auto placements = district.plan().placements;
    const auto all = seriesOf(placements);
    REQUIRE(all.size() == 3);
    CHECK(all[0].rule.starts_with("FREQ=DAILY;UNTIL="));
    CHECK(all[0].excluded == std::vector{march(10)});
    checkSame(placements);
}

TEST_CASE("campaign series: a station that differs on one day stays with the others, but for that day") {
    CampaignCase district;
    district.campaign = hotline();
    district.add("s1", usualDays(1, 30));
    district.add("s2", usualDays(1, 30));
    district.add("s3", usualDays(1, 30), {{onMarch(10, 299), onMarch(10, 303)}});
    const auto placements = district.plan().placements;
    const auto all = seriesOf(placements);
    CHECK(all.size() == 13);
    const auto alone = std::find_if(all.begin(), all.end(), [](const auto& each) { return each.rule.empty(); });
    REQUIRE(alone != all.end());
    CHECK(alone->stations == std::vector{StationId{"s3"}});
    CHECK(alone->start == std::chrono::local_days{march(10)} + 5h + 5min);
    checkSame(placements);
}

TEST_CASE("campaign series: whatever the placements are, the series air them and nothing else") {
    std::vector<Placement> placements;
    unsigned dice = 1;
    for (int day = 1; day <= 31; ++day)
        for (int station = 1; station <= 4; ++station)
            for (int minute = 300; minute < 303; ++minute) {
                dice = dice * 1103515245U + 12345U;
                if ((dice >> 16) % 3 != 0)
                    placements.push_back({StationId{"s" + std::to_string(station)},
                                          MediaId{"m" + std::to_string((dice >> 20) % 2)}, onMarch(day, minute)});
            }
    checkSame(placements);
    CHECK(seriesOf({}).empty());
}
