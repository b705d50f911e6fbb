#include "scheduler/planning/station_airtime.h"

#include <doctest/doctest.h>

#include "tests/scheduler/planning/values.h"

using namespace loa;
using namespace loa::test;
using namespace std::chrono;

namespace {

constexpr Day monday = year{2027} / 3 / 1;

Instant instantInVietnam(local_seconds time, const std::string&) {
    return Instant{time.time_since_epoch() - 7h};
}

/// Spain on 28 March 2027: 02:00 becomes 03:00; a time in the gap takes the offset before it.
Instant instantInSpain(local_seconds time, const std::string&) {
    const local_seconds change = local_days{year{2027} / 3 / 28} + 2h;
    const local_seconds afterGap = change + 1h;
    return Instant{time.time_since_epoch() - (time < afterGap ? 1h : 2h)};
}

Daypart daypart(const std::string& name, minutes from, minutes length, std::optional<minutes> ceiling = {},
                Weekdays weekdays = Weekdays::all()) {
    return {{name, weekdays, from, length}, ceiling};
}

Airtime airtime(const std::string& area) {
    Airtime rules;
    rules.area = AreaId{area};
    return rules;
}

const std::vector<Area> areas{{AreaId{"dong-thap"}, "Đồng Tháp", std::nullopt, std::nullopt, std::nullopt},
                              {AreaId{"thanh-binh"}, "Thanh Bình", AreaId{"dong-thap"}, std::nullopt, std::nullopt},
                              {AreaId{"tan-hue"}, "Tân Huề", AreaId{"thanh-binh"}, std::nullopt, std::nullopt}};

AirtimeDay on(Day day, const std::vector<Airtime>& rules, const InstantOf& instantOf = instantInVietnam) {
    return airtimeOf(station("s1"), Places{{}, areas}, rules, day, day, instantOf).days.at(0);
}

std::vector<std::string> names(const AirtimeDay& day) {
    std::vector<std::string> all;
    for (const auto& each : day.dayparts) all.push_back(each.name);
    return all;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("station airtime: without rules every hour is open, and a day is a day of the station's zone") {
    const auto day = on(monday, {});
    CHECK_FALSE(day.restricted);
    CHECK(day.dayparts.empty());
    CHECK(day.at == Interval{at(0), at(24)});
}

TEST_CASE("station airtime: 05:00 in Vietnam is a daypart of its own day, although UTC says the day before") {
    auto rules = airtime("tan-hue");
    rules.dayparts = {daypart("sáng", 300min, 90min)};
    const auto day = on(monday, {rules});
    CHECK(day.restricted);
    REQUIRE(day.dayparts.size() == 1);
    CHECK(day.dayparts[0] == OpenDaypart{"sáng", {at(5), at(6, 30)}, 90min});
}

TEST_CASE("station airtime: dayparts come from the nearest area that has any, limits from the strictest") {
    auto province = airtime("dong-thap");
    province.dayparts = {daypart("tỉnh", 300min, 30min)};
    province.longestAnnouncement = 90s;
    province.airingsPerDay = 6;
    province.quietHours = {{"đêm", Weekdays::all(), 21h, 8h}};
    auto district = airtime("thanh-binh");
    district.longestAnnouncement = 120s;
    district.airingsPerDay = 3;
    district.quietHours = {{"trưa", Weekdays::all(), 11h + 30min, 90min}};
    auto commune = airtime("tan-hue");
    commune.dayparts = {daypart("xã", 1020min, 60min, 45min)};
    const auto day = on(monday, {province, district, commune});
    CHECK(names(day) == Texts{"xã"});
    CHECK(day.dayparts[0].ceiling == 45min);
    CHECK(day.longest == Milliseconds{90s});
    CHECK(day.airingsPerDay == 3);
    REQUIRE(day.quiet.size() == 2);
    CHECK(day.quiet[1].at == Interval{at(21), at(29)});
    CHECK(names(on(monday, {province, district})) == Texts{"tỉnh"});
}

TEST_CASE(
    "station airtime: what sounds is no louder than the lowest ceiling of its station and of the dayparts it meets") {
    Station station;
    StationAirtime airtime;
    airtime.days.resize(1);
    airtime.days[0].dayparts = {{"sáng", {at(5), at(6)}, 60min, -6}, {"trưa", {at(11), at(12)}, 60min}};
    CHECK(gainAt(station, airtime, {at(5), at(5, 1)}) == -6);
    CHECK(gainAt(station, airtime, {at(4, 59), at(5, 1)}) == -6);
    CHECK(gainAt(station, airtime, {at(6), at(6, 1)}) == 0);
    CHECK(gainAt(station, airtime, {at(11), at(11, 1)}) == 0);
    station.volumeCeilingDb = -3;
    CHECK(gainAt(station, airtime, {at(5), at(5, 1)}) == -6);
    CHECK(gainAt(station, airtime, {at(11), at(11, 1)}) == -3);
}

TEST_CASE("station airtime: an empty list of dayparts closes the area, other than saying nothing") {
    auto province = airtime("dong-thap");
    province.dayparts = {daypart("tỉnh", 300min, 30min)};
    auto commune = airtime("tan-hue");
    commune.dayparts = std::vector<Daypart>{};
    const auto day = on(monday, {province, commune});
    CHECK(day.restricted);
    CHECK(day.dayparts.empty());
}

TEST_CASE("station airtime: rules hold only while they are valid, and only on their days of the week") {
    auto before = airtime("tan-hue");
    before.validTo = year{2027} / 2 / 28;
    before.dayparts = {daypart("cũ", 300min, 30min)};
    auto since = airtime("tan-hue");
    since.validFrom = monday;
    since.dayparts = {daypart("mới", 360min, 30min, {}, {Monday, Friday})};
    CHECK(names(on(year{2027} / 2 / 28, {before, since})) == Texts{"cũ"});
    CHECK(names(on(monday, {before, since})) == Texts{"mới"});
    CHECK(names(on(year{2027} / 3 / 2, {before, since})).empty());
    CHECK(on(year{2027} / 3 / 2, {before, since}).restricted);
}

TEST_CASE("station airtime: special days take the place of the usual dayparts, also without any") {
    auto rules = airtime("thanh-binh");
    rules.dayparts = {daypart("sáng", 300min, 90min)};
    rules.specialDays = {{"Tết Nguyên đán", monday, year{2027} / 3 / 3, {daypart("chúc Tết", 480min, 15min)}},
                         {"Quốc tang", year{2027} / 3 / 5, year{2027} / 3 / 5, {}}};
    CHECK(names(on(year{2027} / 3 / 3, {rules})) == Texts{"chúc Tết"});
    CHECK(on(year{2027} / 3 / 3, {rules}).special == "Tết Nguyên đán");
    CHECK(names(on(year{2027} / 3 / 4, {rules})) == Texts{"sáng"});
    CHECK(on(year{2027} / 3 / 5, {rules}).dayparts.empty());
    CHECK(on(year{2027} / 3 / 5, {rules}).special == "Quốc tang");
}

TEST_CASE("station airtime: a daypart over midnight and over a new year keeps its length and its day") {
    auto rules = airtime("tan-hue");
    rules.dayparts = {daypart("giao thừa", 23h + 30min, 60min)};
    const auto day = on(year{2027} / 12 / 31, {rules});
    REQUIRE(day.dayparts.size() == 1);
    CHECK(day.dayparts[0].at.length() == 60min);
    CHECK(formatInstant(day.dayparts[0].at.end) == "2027-12-31T17:30:00Z");
}

TEST_CASE("station airtime: where clocks change, ends stay on the wall clock and what falls into the gap is gone") {
    auto rules = airtime("tan-hue");
    rules.dayparts = {daypart("noche", 90min, 120min), daypart("hueco", 2h + 15min, 30min),
                      daypart("siempre", 300min, 30min)};
    const auto day = on(year{2027} / 3 / 28, {rules}, instantInSpain);
    CHECK(day.at.length() == 23h);
    REQUIRE(names(day) == Texts{"noche", "hueco", "siempre"});
    CHECK(day.dayparts[0].at.length() == 60min);
    CHECK(formatInstant(day.dayparts[2].at.start) == "2027-03-28T03:00:00Z");
}
