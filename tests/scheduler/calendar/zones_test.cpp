#include "scheduler/calendar/zones.h"

#include <thread>

#include "tests/scheduler/calendar/sample.h"

using namespace loa;

namespace {

std::string instantOf(const std::string& local, const std::string& zone) {
    return formatInstant(toInstant(parseLocalTime(local).value(), zone));
}

Day day(const std::string& text) {
    return parseDay(text).value();
}

}  // namespace

TEST_CASE("zones: five in the morning in Vietnam is the day before in UTC") {
    CHECK(instantOf("2027-03-01T05:00:00", "Asia/Ho_Chi_Minh") == "2027-02-28T22:00:00Z");
    CHECK(formatLocalTime(toLocal(at("2027-02-28T22:00:00Z"), "Asia/Ho_Chi_Minh")) == "2027-03-01T05:00:00");
    CHECK(dayOf(at("2027-02-28T22:00:00Z"), "Asia/Ho_Chi_Minh") == day("2027-03-01"));
    CHECK(dayInZone(day("2027-03-01"), "Asia/Ho_Chi_Minh") ==
          Interval{at("2027-02-28T17:00:00Z"), at("2027-03-01T17:00:00Z")});
}

TEST_CASE("zones: a time in the gap takes the offset before it, one that exists twice is the first (RFC 5545 3.3.5)") {
    CHECK(instantOf("2027-03-28T01:59:59", "Europe/Berlin") == "2027-03-28T00:59:59Z");
    CHECK(instantOf("2027-03-28T02:00:00", "Europe/Berlin") == "2027-03-28T01:00:00Z");
    CHECK(instantOf("2027-03-28T02:30:00", "Europe/Berlin") == "2027-03-28T01:30:00Z");
    CHECK(instantOf("2027-03-28T03:00:00", "Europe/Berlin") == "2027-03-28T01:00:00Z");
    CHECK(instantOf("2027-10-31T02:00:00", "Europe/Berlin") == "2027-10-31T00:00:00Z");
    CHECK(instantOf("2027-10-31T02:30:00", "Europe/Berlin") == "2027-10-31T00:30:00Z");
    CHECK(instantOf("2027-10-31T03:00:00", "Europe/Berlin") == "2027-10-31T02:00:00Z");
}

TEST_CASE("zones: both turns of a time that exists twice show the same clock") {
    CHECK(formatLocalTime(toLocal(at("2027-10-31T00:30:00Z"), "Europe/Berlin")) == "2027-10-31T02:30:00");
    CHECK(formatLocalTime(toLocal(at("2027-10-31T01:30:00Z"), "Europe/Berlin")) == "2027-10-31T02:30:00");
    CHECK(formatLocalTime(toLocal(at("2027-10-31T02:30:00Z"), "Europe/Berlin")) == "2027-10-31T03:30:00");
}

TEST_CASE("zones: days are as long as their zone makes them") {
    using std::chrono::hours;
    CHECK(dayInZone(day("2027-03-28"), "Europe/Berlin").length() == hours{23});
    CHECK(dayInZone(day("2027-10-31"), "Europe/Berlin").length() == hours{25});
    CHECK(dayInZone(day("2027-03-28"), "Asia/Ho_Chi_Minh").length() == hours{24});
    CHECK(dayInZone(day("2011-12-30"), "Pacific/Apia").length() == hours{0});  // a day that Samoa left out
}

TEST_CASE("zones: a midnight that does not exist begins the day at its first instant") {
    CHECK(dayInZone(day("2018-11-04"), "America/Sao_Paulo").start == at("2018-11-04T03:00:00Z"));
}

TEST_CASE("zones: summer time is right where libical 3.0.16 is an hour off, and long after the tables end") {
    CHECK(instantOf("2027-07-01T05:00:00", "Africa/Cairo") == "2027-07-01T02:00:00Z");
    CHECK(instantOf("2027-07-01T05:00:00", "Asia/Tehran") == "2027-07-01T01:30:00Z");
    CHECK(instantOf("2060-07-01T05:00:00", "Europe/Berlin") == "2060-07-01T03:00:00Z");
    CHECK(instantOf("2060-12-01T05:00:00", "Europe/Berlin") == "2060-12-01T04:00:00Z");
}

TEST_CASE("zones: names of other programs stand for IANA names") {
    CHECK(canonicalZone("Asia/Ho_Chi_Minh") == "Asia/Ho_Chi_Minh");
    CHECK(canonicalZone("Asia/Saigon") == "Asia/Saigon");
    CHECK(canonicalZone("SE Asia Standard Time") == "Asia/Ho_Chi_Minh");
    CHECK(canonicalZone("W. Europe Standard Time") == "Europe/Berlin");
    CHECK(canonicalZone("/freeassociation.sourceforge.net/Asia/Ho_Chi_Minh") == "Asia/Ho_Chi_Minh");
    CHECK(canonicalZone("/freeassociation.sourceforge.net/Tzfile/Asia/Ho_Chi_Minh") == "Asia/Ho_Chi_Minh");
    CHECK(canonicalZone("/citadel.org/20070227_1/America/Argentina/Buenos_Aires") == "America/Argentina/Buenos_Aires");
    CHECK(canonicalZone("/mozilla.org/20050126_1/Europe/Berlin") == "Europe/Berlin");
    for (const auto* unknown : {"", "/", "//", "Atlantis", "../../etc/passwd", "/etc/passwd", "tzdata.zi", "zone.tab",
                                "Asia", "posix/Asia/Tokyo", "+07:00", "UTC+7", "asia/ho_chi_minh"}) {
        CAPTURE(unknown);
        CHECK(!canonicalZone(unknown));
    }
}

TEST_CASE("zones: an unknown zone is an error, not UTC") {
    CHECK(!knownZone("Asia/Atlantis"));
    CHECK_THROWS_AS(toInstant(LocalTime{}, "Asia/Atlantis"), Error);
    CHECK_THROWS_AS(toLocal(Instant{}, ""), Error);
}

TEST_CASE("zones: local times are read and written in one form only") {
    CHECK(formatLocalTime(parseLocalTime("2027-03-01T05:00:00").value()) == "2027-03-01T05:00:00");
    for (const auto* text :
         {"", "2027-03-01", "2027-03-01T05:00", "2027-03-01T05:00:00Z", "2027-02-30T05:00:00", "2027-03-01 05:00:00"}) {
        CAPTURE(text);
        CHECK(!parseLocalTime(text));
    }
}

TEST_CASE("zones: several threads may read and expand at once") {
    warmZones();
    const std::string text = calendarWith("DTSTART;TZID=Europe/Berlin:20270301T050000\nRRULE:FREQ=DAILY\n");
    std::vector<std::thread> threads;
    std::vector<std::size_t> counts(4);
    for (auto& count : counts)
        threads.emplace_back([&text, &count] {
            for (int round = 0; round < 20; ++round)
                count +=
                    expand(readEvents(text).events.front(), {at("2027-03-01T00:00:00Z"), at("2027-06-01T00:00:00Z")})
                        .size();
        });
    for (auto& thread : threads) thread.join();
    CHECK(counts == std::vector<std::size_t>(4, 20 * 92));
}
