#include "scheduler/domain/time.h"

#include <doctest/doctest.h>

using namespace loa;

TEST_CASE("instant: 05:00 in Vietnam is the day before in UTC") {
    CHECK(formatInstant(parseInstant("2027-03-01T05:00:00+07:00").value()) == "2027-02-28T22:00:00Z");
}

TEST_CASE("instant: milliseconds go both ways, finer fractions are cut") {
    CHECK(formatInstant(parseInstant("2027-03-01T05:00:00.25Z").value()) == "2027-03-01T05:00:00.250Z");
    CHECK(formatInstant(parseInstant("2027-03-01T05:00:00.123999999Z").value()) == "2027-03-01T05:00:00.123Z");
    CHECK(epochMilliseconds(fromEpochMilliseconds(4'102'444'800'001)) == 4'102'444'800'001);
}

TEST_CASE("instant: what is no real time is refused") {
    for (const char* text :
         {"", "2027-03-01", "2027-13-01T00:00:00Z", "2027-02-30T00:00:00Z", "2027-02-28T24:00:00Z",
          "2027-02-28T23:60:00Z", "2027-02-28T23:59:60Z", "2027-02-28T23:59:59", "2027-02-28 23:59:59Z",
          "2027-02-28T23:59:59.Z", "2027-02-28T23:59:59+7:00", "1969-12-31T23:59:59Z", "2027-02-28T23:59:59Zx"}) {
        CAPTURE(text);
        CHECK_FALSE(parseInstant(text).has_value());
    }
}

TEST_CASE("interval: half-open, so neighbours do not overlap") {
    const auto at = [](int second) { return Instant{Milliseconds{second * 1000}}; };
    CHECK_FALSE(Interval{at(0), at(10)}.overlaps({at(10), at(20)}));
    CHECK(Interval{at(0), at(10)}.overlaps({at(9), at(20)}));
    CHECK(Interval{at(0), at(10)}.contains(at(0)));
    CHECK_FALSE(Interval{at(0), at(10)}.contains(at(10)));
}

TEST_CASE("day: read strictly") {
    CHECK(formatDay(parseDay("2028-02-29").value()) == "2028-02-29");
    CHECK_FALSE(parseDay("2027-02-29").has_value());
    CHECK_FALSE(parseDay("2027-2-9").has_value());
}
