// Airtime to RFC 7953 and back.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "scheduler/calendar/read_airtime.h"
#include "scheduler/calendar/write_airtime.h"
#include "scheduler/domain/error.h"

using namespace loa;
using namespace std::chrono;

namespace {

const AreaId area{"thanh-binh"};
const Weekdays workdays{Monday, Tuesday, Wednesday, Thursday, Friday};

Daypart daypart(const std::string& name, minutes from, minutes length, Weekdays weekdays = Weekdays::all()) {
    return {{name, weekdays, from, length}, std::nullopt};
}

/// Everything that airtime can say.
Airtime whole() {
    Airtime airtime;
    airtime.area = area;
    airtime.validFrom = 2027y / March / 3;  // a Wednesday
    airtime.validTo = 2028y / February / 29;
    airtime.dayparts = {daypart("Buổi sáng", 5h, 90min), daypart("Buổi chiều; cuối ngày, sớm", 17h, 45min, workdays),
                        daypart("Qua nửa đêm", 23h + 30min, 60min, {Saturday})};
    airtime.dayparts->at(1).ceiling = 15min;
    airtime.dayparts->at(1).volumeCeilingDb = -6;
    airtime.quietHours = {{"Giờ yên tĩnh", Weekdays::all(), 21h, 8h}, {"Giờ lễ", {Sunday}, 8h + 5min, 24h}};
    airtime.specialDays = {{"Giỗ Tổ", 2027y / April / 16, 2027y / April / 16, {}},
                           {"Tết Nguyên đán",
                            2028y / January / 25,
                            2028y / February / 2,
                            {daypart("Chúc Tết", 8h, 10min), daypart("Tối Chủ nhật", 19h, 20min, {Sunday})}}};
    airtime.longestAnnouncement = 90s;
    airtime.airingsPerDay = 3;
    return airtime;
}

Airtime open() {
    Airtime airtime;
    airtime.area = area;
    return airtime;
}

std::vector<Airtime> again(const std::vector<Airtime>& airtimes, const std::string& zone = "Asia/Ho_Chi_Minh") {
    return readAirtime(writeAirtime(airtimes, zone), area, zone);
}

std::string codeOf(const Airtime& airtime) {
    try {
        checkAirtime(std::vector{airtime});
    } catch (const Error& error) {
        CHECK(error.fault() == Fault::invalid);
        return error.code();
    }
    return "taken";
}

/// A file with one VAVAILABILITY: BEGIN:VAVAILABILITY is line 2 and `body` begins on line 3.
std::string file(const std::string& body) {
    return "BEGIN:VCALENDAR\nBEGIN:VAVAILABILITY\n" + body + "END:VCALENDAR\n";
}

const std::string closed = "END:VAVAILABILITY\n";

/// One AVAILABLE of a VAVAILABILITY from Monday 1 March 2027: BEGIN:AVAILABLE is line 4, `lines` begin on line 6.
std::string available(const std::string& lines) {
    return file("DTSTART:20270301T000000\nBEGIN:AVAILABLE\nSUMMARY:Sáng\n" + lines + "END:AVAILABLE\n" + closed);
}

/// Quiet hours beside a VAVAILABILITY from 1 to 31 March 2027: BEGIN:VEVENT is line 6, `lines` begin on line 8.
std::string quiet(const std::string& lines) {
    return file("DTSTART:20270301T000000\nDTEND:20270401T000000\n" + closed + "BEGIN:VEVENT\nSUMMARY:Yên tĩnh\n" +
                lines + "END:VEVENT\n");
}

/// "code@line" of the refusal, or "taken".
std::string refusalOf(const std::string& text) {
    try {
        readAirtime(text, area);
    } catch (const Error& error) {
        CHECK(!error.words().vi.empty());
        CHECK(!error.words().en.empty());
        return error.code() + "@" + std::to_string(error.line());
    }
    return "taken";
}

const std::string five = "DTSTART:20270301T050000\nDURATION:PT15M\n";
const std::string weekly = "RRULE:FREQ=WEEKLY;BYDAY=MO\n";

}  // namespace

TEST_CASE("airtime: what is written is read again, every part of it") {
    CHECK(again({whole()}) == std::vector{whole()});
    CHECK(again({open()}) == std::vector{open()});
    auto nothing = open();
    nothing.dayparts.emplace();
    nothing.quietHours = {{"Đêm", workdays, 22h, 7h}};
    CHECK(again({nothing}) == std::vector{nothing});
    auto until = nothing;
    until.validTo = 2027y / March / 2;
    auto from = whole();
    auto later = open();
    later.validFrom = 2028y / March / 1;
    later.specialDays = {{"Lễ", 2030y / January / 1, 2030y / January / 1, {}}};
    CHECK(again({until, from, later}) == std::vector{until, from, later});
    CHECK(again({later, until, from}) == std::vector{until, from, later});
}

TEST_CASE("airtime: in a zone with summer time the clock on the wall counts, on the days it changes too") {
    auto airtime = whole();
    airtime.validFrom = 2027y / March / 28;  // the clock goes from 02:00 to 03:00 in Madrid
    airtime.validTo = 2027y / October / 31;  // and back
    airtime.specialDays.clear();
    airtime.dayparts = {daypart("Trong giờ không có", 2h + 30min, 60min)};
    airtime.quietHours = {{"Đêm", {Sunday}, 2h, 2h}};
    CHECK(again({airtime}, "Europe/Madrid") == std::vector{airtime});
}

TEST_CASE("airtime: the text is RFC 7953, and quiet hours are events that every program shows") {
    auto text = writeAirtime(std::vector{whole()});
    for (auto fold = text.find("\r\n "); fold != std::string::npos; fold = text.find("\r\n ")) text.erase(fold, 3);
    for (const std::string part :
         {"BEGIN:VAVAILABILITY\r\nUID:airtime-thanh-binh-2027-03-03\r\n",
          "DTSTART;TZID=Asia/Ho_Chi_Minh:20270303T000000\r\n",
          "DTEND;TZID=Asia/"
          "Ho_Chi_Minh:20280301T000000\r\nPRIORITY:9\r\nBUSYTYPE:BUSY-UNAVAILABLE\r\nX-LOA-LONGEST:PT90S\r\n",
          "SUMMARY:Buổi chiều\\; cuối ngày\\, "
          "sớm\r\nDTSTART;TZID=Asia/Ho_Chi_Minh:20270303T170000\r\nDURATION:PT45M\r\n"
          "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR\r\nX-LOA-CEILING:PT15M\r\nX-LOA-VOLUME-CEILING:-6\r\nEND:"
          "AVAILABLE\r\n",
          "PRIORITY:1\r\nBUSYTYPE:BUSY-UNAVAILABLE\r\nSUMMARY:Giỗ Tổ\r\nEND:VAVAILABILITY\r\n",
          "RRULE:FREQ=WEEKLY;BYDAY=SU;UNTIL=20280227T010500Z\r\nTRANSP:OPAQUE\r\nX-LOA-KIND:QUIET-HOURS\r\nEND:"
          "VEVENT\r\n"}) {
        CAPTURE(part);
        CHECK(text.find(part) != std::string::npos);
    }
    CHECK(writeAirtime(std::vector{open()}).find("X-LOA-DAYPARTS:INHERITED") != std::string::npos);
}

TEST_CASE("airtime: intervals of no length, over a day and out of the day are refused; over midnight is fine") {
    const auto of = [](minutes from, minutes length) {
        auto airtime = open();
        airtime.dayparts = {daypart("Buổi", from, length)};
        return codeOf(airtime);
    };
    CHECK(of(5h, 0min) == "zero-length");
    CHECK(of(5h, -15min) == "zero-length");
    CHECK(of(5h, 24h + 1min) == "over-a-day");
    CHECK(of(24h, 1min) == "bad-time-of-day");
    CHECK(of(-1min, 1min) == "bad-time-of-day");
    CHECK(of(23h + 59min, 24h) == "taken");
}

TEST_CASE("airtime: dayparts that share a minute of one day are refused, also over midnight and over the week's end") {
    const auto of = [](std::vector<Daypart> dayparts) {
        auto airtime = open();
        airtime.dayparts = std::move(dayparts);
        return codeOf(airtime);
    };
    CHECK(of({daypart("a", 5h, 60min), daypart("b", 6h, 60min)}) == "taken");
    CHECK(of({daypart("a", 5h, 61min), daypart("b", 6h, 60min)}) == "dayparts-overlap");
    CHECK(of({daypart("a", 5h, 61min, {Monday}), daypart("b", 6h, 60min, {Tuesday})}) == "taken");
    CHECK(of({daypart("a", 23h, 90min, {Monday}), daypart("b", 0h, 60min, {Tuesday})}) == "dayparts-overlap");
    CHECK(of({daypart("a", 23h, 90min, {Sunday}), daypart("b", 0h, 60min, {Monday})}) == "dayparts-overlap");
    CHECK(of({daypart("a", 23h, 90min, {Sunday}), daypart("b", 0h, 60min, {Sunday})}) == "taken");
}

TEST_CASE("airtime: whatever else could mean two things or nothing is refused") {
    const auto with = [](auto change) {
        auto airtime = whole();
        change(airtime);
        return codeOf(airtime);
    };
    CHECK(with([](Airtime&) {}) == "taken");
    CHECK(with([](Airtime& a) { a.validTo = 2027y / March / 2; }) == "validity-inverted");
    CHECK(with([](Airtime& a) { a.validTo = 2027y / February / 30; }) == "year-out-of-range");
    CHECK(with([](Airtime& a) { a.dayparts->at(0).window.name = ""; }) == "bad-name");
    CHECK(with([](Airtime& a) { a.dayparts->at(0).window.name = "hai\ndòng"; }) == "bad-name");
    CHECK(with([](Airtime& a) { a.quietHours[0].name = "Buo\xCC\x82\xCC\x89i"; }) == "bad-name");  // not composed
    CHECK(with([](Airtime& a) { a.quietHours[0].name = "\xFF"; }) == "bad-name");
    CHECK(with([](Airtime& a) { a.quietHours[0].weekdays = {}; }) == "no-weekdays");
    CHECK(with([](Airtime& a) { a.dayparts->at(1).ceiling = 46min; }) == "bad-ceiling");
    CHECK(with([](Airtime& a) { a.dayparts->at(1).ceiling = 0min; }) == "bad-ceiling");
    CHECK(with([](Airtime& a) { a.specialDays[0].last = 2027y / April / 15; }) == "special-days-inverted");
    CHECK(with([](Airtime& a) { a.specialDays[1].last = 2028y / March / 1; }) == "special-days-outside");
    CHECK(with([](Airtime& a) { a.specialDays[0].last = 2028y / January / 25; }) == "special-days-overlap");
    CHECK(with([](Airtime& a) { a.specialDays[0].dayparts = {daypart("x", 5h, 15min, {Sunday})}; }) == "window-never");
    CHECK(with([](Airtime& a) { a.longestAnnouncement = 0s; }) == "bad-longest");
    CHECK(with([](Airtime& a) { a.longestAnnouncement = Milliseconds{1'500}; }) == "bad-longest");
    CHECK(with([](Airtime& a) { a.airingsPerDay = 0; }) == "bad-airings-per-day");
    CHECK(with([](Airtime& a) { a.quietHours.resize(51, a.quietHours[0]); }) == "too-much-airtime");
}

TEST_CASE("airtime: an area has one set of airtime a day, two areas may have two") {
    auto one = open();
    one.validTo = 2027y / March / 31;
    auto other = open();
    other.validFrom = 2027y / March / 31;
    CHECK_THROWS_AS(checkAirtime(std::vector{one, other}), Error);
    CHECK_THROWS_AS(writeAirtime(std::vector{one, other}), Error);
    other.area = AreaId{"tan-hue"};
    checkAirtime(std::vector{one, other});
    other.area = area;
    other.validFrom = 2027y / April / 1;
    checkAirtime(std::vector{one, other});
}

TEST_CASE("airtime: what another program wrote is taken where it means the same") {
    const auto airtimes = readAirtime(
        file("DTSTART;TZID=SE Asia Standard Time:20270301T000000\nSUMMARY:Của chúng tôi\nX-OTHER:1\n"
             "BEGIN:AVAILABLE\nSUMMARY:Sáng\nDTSTART:20270101T050000\nDTEND:20270101T060000\nRRULE:FREQ=DAILY\n"
             "END:AVAILABLE\n" +
             closed +
             "BEGIN:VAVAILABILITY\nPRIORITY:5\nSUMMARY:Lễ\nDTSTART:20270430T000000\nDTEND:20270502T000000\n"
             "BEGIN:AVAILABLE\nSUMMARY:Một lần\nDTSTART:20270501T080000\nDURATION:PT1H\nEND:AVAILABLE\n" +
             closed),
        area);
    REQUIRE(airtimes.size() == 1);
    CHECK(airtimes[0].validFrom == 2027y / March / 1);
    CHECK(airtimes[0].dayparts == std::vector{daypart("Sáng", 5h, 60min)});
    REQUIRE(airtimes[0].specialDays.size() == 1);
    CHECK(airtimes[0].specialDays[0].last == 2027y / May / 1);
    CHECK(airtimes[0].specialDays[0].dayparts == std::vector{daypart("Một lần", 8h, 60min, {Saturday})});
}

TEST_CASE("airtime: what Loa could only guess at is refused with its line and reason") {
    CHECK(refusalOf(available(five + weekly)) == "taken");
    CHECK(refusalOf(available(five)) == "airtime-unclear@4");  // once, in rules without end
    CHECK(refusalOf(available(five + "RRULE:FREQ=MONTHLY\n")) == "airtime-unclear@8");
    CHECK(refusalOf(available(five + "RRULE:FREQ=WEEKLY;INTERVAL=2\n")) == "airtime-unclear@8");
    CHECK(refusalOf(available(five + "RRULE:FREQ=WEEKLY;COUNT=2\n")) == "airtime-unclear@8");
    CHECK(refusalOf(available(five + "RRULE:FREQ=WEEKLY;UNTIL=20270331T000000Z\n")) == "airtime-unclear@4");
    CHECK(refusalOf(available(five + "RRULE:FREQ=WEEKLY;BYDAY=TU\n")) == "airtime-unclear@4");
    CHECK(refusalOf(available(five + weekly + "EXDATE:20270308T050000\n")) == "airtime-unclear@9");
    CHECK(refusalOf(available("DTSTART:20270308T050000\nDURATION:PT15M\n" + weekly)) == "airtime-unclear@4");
    CHECK(refusalOf(available("DURATION:PT15M\n")) == "airtime-unclear@4");
    CHECK(refusalOf(available("DTSTART:20270301T050030\nDURATION:PT15M\n" + weekly)) == "airtime-unclear@6");
    CHECK(refusalOf(available("DTSTART:20270301T050000\nDURATION:PT90S\n" + weekly)) == "airtime-unclear@7");
    CHECK(refusalOf(available("DTSTART:20270301T050000\n" + weekly)) == "airtime-unclear@4");
    CHECK(refusalOf(available("DTSTART:20270301T050000\nDTEND:20270301T050000\n" + weekly)) == "zero-length@4");
    CHECK(refusalOf(available("DTSTART:20270301T050000\nDTEND:20270301T040000\n" + weekly)) == "zero-length@4");
    CHECK(refusalOf(available("DTSTART:20270301T050000Z\nDURATION:PT15M\n" + weekly)) == "other-zone@6");
    CHECK(refusalOf(available("DTSTART;TZID=Europe/Madrid:20270301T050000\nDURATION:PT15M\n")) == "other-zone@6");
    CHECK(refusalOf(available("DTSTART;TZID=Nowhere:20270301T050000\nDURATION:PT15M\n")) == "unknown-zone@6");
    CHECK(refusalOf(file("DTSTART:20270301T060000\n" + closed)) == "airtime-unclear@3");
    CHECK(refusalOf(file("BUSYTYPE:BUSY-TENTATIVE\n" + closed)) == "airtime-unclear@3");
    CHECK(refusalOf(file("BEGIN:VEVENT\nEND:VEVENT\n" + closed)) == "airtime-unclear@3");
    CHECK(refusalOf(file("X-LOA-DAYPARTS:OWN\n" + closed)) == "airtime-unclear@3");
    CHECK(refusalOf(file(closed + "BEGIN:VTODO\nEND:VTODO\n")) == "airtime-unclear@4");
    CHECK(refusalOf(file(closed + "BEGIN:VAVAILABILITY\n" + closed)) == "validity-overlap@4");
    CHECK(refusalOf(file(closed + "BEGIN:VAVAILABILITY\nPRIORITY:1\n" + closed)) == "airtime-unclear@4");
    CHECK(refusalOf("BEGIN:VCALENDAR\nEND:VCALENDAR\n") == "no-airtime@0");
    CHECK(refusalOf("<html>") == "broken-line@1");
}

TEST_CASE("airtime: quiet hours hold exactly as long as their rules, or are refused") {
    const std::string kind = "X-LOA-KIND:QUIET-HOURS\n";
    const std::string night = "DTSTART:20270301T210000\nDURATION:PT8H\nRRULE:FREQ=DAILY;UNTIL=";
    CHECK(refusalOf(quiet(kind + night + "20270331T140000Z\n")) == "taken");
    CHECK(refusalOf(quiet(kind + night + "20270331T235959\n")) == "taken");
    CHECK(refusalOf(quiet(kind + night + "20270330T140000Z\n")) == "airtime-unclear@6");
    CHECK(refusalOf(quiet(kind + night + "20270401T140000Z\n")) == "airtime-unclear@6");
    CHECK(refusalOf(quiet(kind + "DTSTART:20270301T210000\nDURATION:PT8H\nRRULE:FREQ=DAILY\n")) == "airtime-unclear@6");
    CHECK(refusalOf(quiet(kind + "DTSTART:20270301T210000\nDURATION:PT8H\n")) == "airtime-unclear@6");
    CHECK(
        refusalOf(quiet(kind + "DTSTART:20270302T210000\nDURATION:PT8H\nRRULE:FREQ=DAILY;UNTIL=20270331T140000Z\n")) ==
        "airtime-unclear@6");
    CHECK(refusalOf(quiet(kind + "DTSTART:20270501T210000\nDURATION:PT8H\nRRULE:FREQ=DAILY\n")) == "airtime-unclear@6");
    CHECK(refusalOf(quiet(night + "20270331T140000Z\n")) == "airtime-unclear@6");
    CHECK(refusalOf(quiet(kind + "TRANSP:TRANSPARENT\n" + night + "20270331T140000Z\n")) == "airtime-unclear@6");
}

TEST_CASE("airtime: the samples of places are read, and are as published") {
    const auto read = [](const std::string& name) {
        const char* root = std::getenv("LOA_SOURCE_DIR");
        std::ifstream sample{std::string{root == nullptr ? "." : root} + "/config/samples/airtime/" + name + ".ics",
                             std::ios::binary};
        REQUIRE_MESSAGE(sample, name);
        std::ostringstream text;
        text << sample.rdbuf();
        const auto airtimes = readAirtime(text.str(), area);
        REQUIRE(airtimes.size() == 1);
        CHECK(again(airtimes) == airtimes);
        return airtimes[0].dayparts.value();
    };
    for (const auto& [window, ceiling, volumeCeilingDb] : read("ha-noi-2021-quan")) {
        CHECK(window.weekdays == workdays);
        CHECK(ceiling == 15min);
        CHECK_FALSE(volumeCeilingDb);
    }
    CHECK(read("ha-noi-2021-quan").size() == 2);
    CHECK(read("ha-noi-2021-huyen").at(0).ceiling == 45min);
    CHECK(read("vinh-phuc-2022").size() == 3);
    CHECK(read("vinh-phuc-2022").at(2).ceiling == 45min);
    CHECK(read("mekong").at(0).window.from == 5h);
}
