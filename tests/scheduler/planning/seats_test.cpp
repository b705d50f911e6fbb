#include "scheduler/planning/seats.h"

#include <doctest/doctest.h>

#include "tests/scheduler/planning/values.h"

using namespace loa;
using namespace loa::test;

namespace {

const Day monday = std::chrono::year{2027} / 3 / 1;

AirtimeDay openDay() {
    AirtimeDay day;
    day.day = monday;
    day.at = {at(0), at(24)};
    return day;
}

AirtimeDay twoDayparts() {
    AirtimeDay day = openDay();
    day.restricted = true;
    day.dayparts = {{"buổi sáng", {at(5), at(6)}, 2min}, {"buổi chiều", {at(17), at(18)}, 60min}};
    return day;
}

Seats seats(const AirtimeDay& day) {
    return {StationAirtime{{day}}, "Asia/Ho_Chi_Minh", timeInVietnam};
}

Seat seat(Instant start, Milliseconds length, const std::string& media = "a") {
    return {{start, start + length}, MediaId{media}, "Tin " + media, MessageClass::normal};
}

std::string code(const Seats& seats, const Seat& wanted) {
    const auto refusal = seats.refusal(wanted);
    return refusal ? refusal->code : "";
}

}  // namespace

TEST_CASE("seats: where nothing is restricted any free second is good, also on days nobody knows") {
    Seats all = seats(openDay());
    CHECK(code(all, seat(at(3), 30s)) == "");
    CHECK(code(all, seat(at(30), 30s)) == "");
    all.take(seat(at(3), 30s));
    CHECK(code(all, seat(at(3, 0, 29), 30s)) == "overlap");
    CHECK(code(all, seat(at(3, 0, 30), 30s)) == "");
    CHECK(code(all, seat(at(2, 59, 30), 30s)) == "");
    all.free(at(3));
    CHECK(code(all, seat(at(3, 0, 29), 30s)) == "");
}

TEST_CASE("seats: outside the dayparts nothing sounds, and the reason names those of the day") {
    const Seats all = seats(twoDayparts());
    const auto refusal = all.refusal(seat(at(3), 30s));
    REQUIRE(refusal);
    CHECK(refusal->code == "outside-dayparts");
    CHECK(refusal->words.vi ==
          "Ngoài buổi phát. Hôm đó có: buổi sáng 05:00–06:00, buổi chiều 17:00–18:00. Dời vào trong một buổi.");
    CHECK(code(all, seat(at(5, 59, 45), 30s)) == "outside-dayparts");  // it would sound past the end
    CHECK(code(all, seat(at(5, 59, 30), 30s)) == "");                  // half-open: it may end on it
    CHECK(code(all, seat(at(5), 30s)) == "");
}

TEST_CASE("seats: an over-full daypart refuses, and says how full it is") {
    Seats all = seats(twoDayparts());
    all.take(seat(at(5), 45s));
    all.take(seat(at(5, 10), 45s));
    CHECK(code(all, seat(at(5, 20), 30s)) == "");
    const auto refusal = all.refusal(seat(at(5, 20), 31s));
    REQUIRE(refusal);
    CHECK(refusal->code == "over-ceiling");
    CHECK(refusal->words.vi == "“buổi sáng” đã xếp 1,5 trong 2 phút được phát. Chọn buổi khác hoặc bỏ bớt tin.");
    CHECK(code(all, seat(at(17), 31s)) == "");
}

TEST_CASE("seats: quiet hours bind inside a daypart too, from the evening before as well") {
    auto day = twoDayparts();
    day.quiet = {{"đêm", {at(-2), at(5, 30)}}};
    const Seats all = seats(day);
    CHECK(code(all, seat(at(5, 29, 50), 30s)) == "quiet-hours");
    CHECK(code(all, seat(at(5, 30), 30s)) == "");
}

TEST_CASE("seats: an announcement too long or too often is refused, others are not") {
    auto day = twoDayparts();
    day.longest = 60s;
    day.airingsPerDay = 2;
    Seats all = seats(day);
    CHECK(code(all, seat(at(17), 61s)) == "announcement-too-long");
    all.take(seat(at(5), 30s));
    all.take(seat(at(17), 30s));
    CHECK(code(all, seat(at(17, 10), 30s)) == "too-many-airings");
    CHECK(code(all, seat(at(17, 10), 30s, "b")) == "");
}

TEST_CASE("seats: a special day without dayparts is named") {
    auto day = openDay();
    day.restricted = true;
    day.special = "Quốc tang";
    const auto refusal = seats(day).refusal(seat(at(8), 30s));
    REQUIRE(refusal);
    CHECK(refusal->code == "special-day");
    CHECK(refusal->words.vi == "“Quốc tang” (2027-03-01) không phát tin thường kỳ. Chọn ngày khác.");
}

TEST_CASE("seats: a daypart over midnight belongs to the evening it began on") {
    auto evening = openDay();
    evening.restricted = true;
    evening.dayparts = {{"giao thừa", {at(23, 30), at(24, 30)}, 60min}};
    auto morning = openDay();
    morning.day = std::chrono::year{2027} / 3 / 2;
    morning.at = {at(24), at(48)};
    morning.restricted = true;
    const Seats all{StationAirtime{{evening, morning}}, "Asia/Ho_Chi_Minh", timeInVietnam};
    CHECK(code(all, seat(at(24, 10), 30s)) == "");
    CHECK(code(all, seat(at(23, 59, 50), 30s)) == "");
    CHECK(code(all, seat(at(24, 29, 45), 30s)) == "outside-dayparts");
}
