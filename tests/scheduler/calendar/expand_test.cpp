#include "scheduler/calendar/expand.h"

#include "tests/scheduler/calendar/sample.h"

using namespace loa;

namespace {

/// 05:00 in Vietnam on a day of March 2027 is 22:00 UTC the day before.
std::string fiveOn(int day) {
    return formatInstant(at("2027-02-28T22:00:00Z") + std::chrono::days{day - 1});
}

Texts firstFive() {
    return {fiveOn(1), fiveOn(2), fiveOn(3), fiveOn(4), fiveOn(5)};
}

Texts rule(const std::string& start, const std::string& rule, const std::string& to = "2028-01-01T00:00:00Z") {
    return starts(onlyEvent(calendarWith("DTSTART" + start + "\nRRULE:" + rule + "\n")), "2027-01-01T00:00:00Z", to);
}

}  // namespace

TEST_CASE("expand: five in the morning in Vietnam every day") {
    const auto event = onlyEvent(dailyWith(""));
    CHECK(starts(event) == firstFive());
    CHECK(airtimes(event).front() == "2027-02-28T22:00:00Z/2027-02-28T22:15:00Z");
    const auto first = expand(event, {at("2027-02-28T22:00:00Z"), at("2027-02-28T22:00:01Z")}).at(0);
    CHECK(first.event == event.id);
    CHECK(first.original == at("2027-02-28T22:00:00Z"));
}

TEST_CASE("expand: the window is half open, and what reaches into it belongs to it") {
    const auto event = onlyEvent(dailyWith(""));
    CHECK(starts(event, fiveOn(2), fiveOn(3)) == Texts{fiveOn(2)});
    CHECK(starts(event, "2027-03-01T22:14:59Z", "2027-03-01T22:30:00Z") == Texts{fiveOn(2)});
    CHECK(starts(event, "2027-03-01T22:15:00Z", "2027-03-01T22:30:00Z").empty());
    CHECK(starts(event, "2027-03-01T21:00:00Z", "2027-03-01T22:00:00Z").empty());
}

TEST_CASE("expand: a point in time is in the window that holds its start") {
    const auto event = onlyEvent(calendarWith("DTSTART:20270301T050000Z\n"));
    CHECK(airtimes(event) == Texts{"2027-03-01T05:00:00Z/2027-03-01T05:00:00Z"});
    CHECK(starts(event, "2027-03-01T05:00:00Z", "2027-03-01T05:00:01Z").size() == 1);
    CHECK(starts(event, "2027-03-01T04:00:00Z", "2027-03-01T05:00:00Z").empty());
}

TEST_CASE("expand: a daily event in the missing hour airs by the offset before the gap, and only that day is moved") {
    CHECK(rule(";TZID=Europe/Berlin:20270327T023000", "FREQ=DAILY;COUNT=3") ==
          Texts{"2027-03-27T01:30:00Z", "2027-03-28T01:30:00Z", "2027-03-29T00:30:00Z"});
}

TEST_CASE("expand: a daily event in the doubled hour airs once, the first time") {
    CHECK(rule(";TZID=Europe/Berlin:20271030T023000", "FREQ=DAILY;COUNT=3") ==
          Texts{"2027-10-30T00:30:00Z", "2027-10-31T00:30:00Z", "2027-11-01T01:30:00Z"});
}

TEST_CASE("expand: two local times that the gap makes one instant are one occurrence") {
    CHECK(rule(";TZID=Europe/Berlin:20270328T023000", "FREQ=DAILY;BYHOUR=2,3;UNTIL=20270329T120000Z") ==
          Texts{"2027-03-28T01:30:00Z", "2027-03-29T00:30:00Z", "2027-03-29T01:30:00Z"});
}

TEST_CASE("expand: a series long under way is found far from its start") {
    const auto event =
        onlyEvent(calendarWith("DTSTART;TZID=Asia/Ho_Chi_Minh:19900101T050000\nRRULE:FREQ=DAILY;INTERVAL=3\n"));
    const auto far = starts(event, "2090-01-01T00:00:00Z", "2090-02-01T00:00:00Z");
    CHECK(far.size() == 10);
    CHECK(far.front() == "2090-01-03T22:00:00Z");
}

TEST_CASE("expand: rules by the hour keep their step over any distance") {
    const auto event = onlyEvent(calendarWith("DTSTART:20270101T000000Z\nRRULE:FREQ=HOURLY;INTERVAL=5\n"));
    CHECK(starts(event, "2027-01-03T00:00:00Z", "2027-01-03T12:00:00Z") ==
          Texts{"2027-01-03T02:00:00Z", "2027-01-03T07:00:00Z"});
}

TEST_CASE("expand: weeks are counted from the week of DTSTART, also when it is on no day of the rule") {
    CHECK(rule(":20270902T000000Z", "FREQ=WEEKLY;INTERVAL=5;BYDAY=SU", "2027-11-01T00:00:00Z") ==
          Texts{"2027-09-02T00:00:00Z", "2027-09-05T00:00:00Z", "2027-10-10T00:00:00Z"});
    CHECK(rule(":20270805T050000Z", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU") ==
          Texts{"2027-08-05T05:00:00Z", "2027-08-15T05:00:00Z", "2027-08-17T05:00:00Z", "2027-08-29T05:00:00Z"});
}

TEST_CASE("expand: a yearly rule by day of the month means every month") {
    CHECK(rule(":20271030T050000Z", "FREQ=YEARLY;BYMONTHDAY=30") ==
          Texts{"2027-10-30T05:00:00Z", "2027-11-30T05:00:00Z", "2027-12-30T05:00:00Z"});
}

TEST_CASE("expand: DTSTART is always the first instance, and counts") {
    CHECK(rule(":20270301T050000Z", "FREQ=WEEKLY;BYDAY=WE;COUNT=3") ==
          Texts{"2027-03-01T05:00:00Z", "2027-03-03T05:00:00Z", "2027-03-10T05:00:00Z"});
    CHECK(rule(":20270301T050000Z", "FREQ=WEEKLY;BYDAY=WE;COUNT=1") == Texts{"2027-03-01T05:00:00Z"});
}

TEST_CASE("expand: COUNT takes the earliest, in whatever order the times of day are written") {
    CHECK(rule(":20270301T090000Z", "FREQ=DAILY;BYHOUR=17,9,11;COUNT=5") ==
          Texts{"2027-03-01T09:00:00Z", "2027-03-01T11:00:00Z", "2027-03-01T17:00:00Z", "2027-03-02T09:00:00Z",
                "2027-03-02T11:00:00Z"});
}

TEST_CASE("expand: UNTIL is an instant, and the last one on it belongs to the series") {
    CHECK(rule(";TZID=Asia/Ho_Chi_Minh:20270301T050000", "FREQ=DAILY;UNTIL=20270302T220000Z").size() == 3);
    CHECK(rule(";TZID=Asia/Ho_Chi_Minh:20270301T050000", "FREQ=DAILY;UNTIL=20270302T215959Z").size() == 2);
    CHECK(rule(";TZID=Asia/Ho_Chi_Minh:20270301T050000", "FREQ=DAILY;UNTIL=20270303T050000").size() == 3);
    CHECK(rule(";VALUE=DATE:20270301", "FREQ=DAILY;UNTIL=20270303").size() == 3);
    CHECK(rule(";VALUE=DATE:20270301\nX-LOA-ZONE:America/New_York", "FREQ=DAILY;UNTIL=20270303").size() == 3);
}

TEST_CASE("expand: EXDATE takes away an instant in whatever zone it is written, or a whole day of the event's zone") {
    CHECK(starts(onlyEvent(dailyWith("EXDATE:20270302T220000Z\n"))) ==
          Texts{fiveOn(1), fiveOn(2), fiveOn(4), fiveOn(5)});
    CHECK(starts(onlyEvent(dailyWith("EXDATE;TZID=Asia/Tokyo:20270303T070000\n"))).size() == 4);
    CHECK(starts(onlyEvent(dailyWith("EXDATE;VALUE=DATE:20270303\n"))) ==
          Texts{fiveOn(1), fiveOn(2), fiveOn(4), fiveOn(5)});
    CHECK(starts(onlyEvent(dailyWith("EXDATE;TZID=Asia/Ho_Chi_Minh:20270301T050000,20270302T050000\n"))).size() == 3);
    CHECK(starts(onlyEvent(dailyWith("EXDATE:20270302T220001Z\n"))) == firstFive());
}

TEST_CASE("expand: RDATE adds instants and periods, each once") {
    CHECK(starts(onlyEvent(dailyWith("RDATE:20270302T220000Z,20270320T220000Z\n"))).size() == 6);
    const auto event =
        onlyEvent(dailyWith("RDATE;VALUE=PERIOD:20270320T000000Z/PT1H,20270321T000000Z/20270331T000000Z\n"));
    CHECK(airtimes(event, "2027-03-10T00:00:00Z") ==
          Texts{"2027-03-20T00:00:00Z/2027-03-20T01:00:00Z", "2027-03-21T00:00:00Z/2027-03-31T00:00:00Z"});
    CHECK(starts(event, "2027-03-30T23:59:00Z", "2027-03-31T00:00:00Z").size() == 1);
}

TEST_CASE("expand: an override moves one occurrence, which keeps its name") {
    const auto event = onlyEvent(
        dailyWith(overrideOf("03") + "SUMMARY:Moved\nDTSTART;TZID=Asia/Ho_Chi_Minh:20270420T070000\nDURATION:PT1H\n"));
    CHECK(starts(event, "2027-03-01T00:00:00Z", "2027-03-31T00:00:00Z") == Texts{fiveOn(2), fiveOn(4), fiveOn(5)});
    const auto moved = expand(event, {at("2027-04-20T00:30:00Z"), at("2027-04-20T00:31:00Z")});
    REQUIRE(moved.size() == 1);
    CHECK(moved[0].original == at(fiveOn(3)));
    CHECK(moved[0].title == "Moved");
    CHECK(moved[0].at == Interval{at("2027-04-20T00:00:00Z"), at("2027-04-20T01:00:00Z")});
}

TEST_CASE("expand: an override names its occurrence in whatever zone it likes") {
    const auto event =
        onlyEvent(dailyWith("END:VEVENT\nBEGIN:VEVENT\nUID:one@test\nRECURRENCE-ID:20270302T220000Z\n"
                            "DTSTART:20270303T000000Z\n"));
    CHECK(starts(event) == Texts{fiveOn(1), fiveOn(2), "2027-03-03T00:00:00Z", fiveOn(4), fiveOn(5)});
}

TEST_CASE("expand: an override may give other media, and falls back on the series for what it leaves out") {
    const std::string media(64, 'a');
    const std::string other(64, 'b');
    const auto event = onlyEvent(dailyWith("SUMMARY:Series\nATTACH:urn:loa:media:" + media + "\n" + overrideOf("02") +
                                           "DTSTART:20270301T220000Z\nATTACH:urn:loa:media:" + other + "\n" +
                                           overrideOf("03") + "DTSTART:20270302T220000Z\n"));
    const auto all = expand(event, {at("2027-03-01T00:00:00Z"), at("2027-03-03T00:00:00Z")});
    REQUIRE(all.size() == 2);
    CHECK(all[0].source == Source{MediaSource{MediaId{other}}});
    CHECK(all[1].source == Source{MediaSource{MediaId{media}}});
    CHECK(all[1].title == "Series");
}

TEST_CASE("expand: THISANDFUTURE moves, renames and lengthens all that follow, until the next one") {
    const std::string range =
        "END:VEVENT\nBEGIN:VEVENT\nUID:one@test\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Asia/Ho_Chi_Minh:";
    const auto event = onlyEvent(
        dailyWith("SUMMARY:Early\n" + range +
                  "20270302T050000\nSUMMARY:Late\nDTSTART;TZID=Asia/Ho_Chi_Minh:20270302T060000\nDURATION:PT30M\n" +
                  overrideOf("03") + "SUMMARY:Once\nDTSTART;TZID=Asia/Ho_Chi_Minh:20270303T120000\n" + range +
                  "20270305T050000\nSUMMARY:Last\nDTSTART;TZID=Asia/Ho_Chi_Minh:20270305T050000\nDURATION:PT5M\n"));
    CHECK(airtimes(event) ==
          Texts{"2027-02-28T22:00:00Z/2027-02-28T22:15:00Z", "2027-03-01T23:00:00Z/2027-03-01T23:30:00Z",
                "2027-03-03T05:00:00Z/2027-03-03T05:00:00Z", "2027-03-03T23:00:00Z/2027-03-03T23:30:00Z",
                "2027-03-04T22:00:00Z/2027-03-04T22:05:00Z"});
    const auto all = expand(event, {at("2027-02-28T00:00:00Z"), at("2027-04-01T00:00:00Z")});
    CHECK(all[3].title == "Late");
    CHECK(all[3].original == at(fiveOn(4)));
}

TEST_CASE("expand: THISANDFUTURE moves by the clock on the wall, over a change of offset too") {
    const auto event = onlyEvent(calendarWith(
        "DTSTART;TZID=Europe/Berlin:20270326T050000\nRRULE:FREQ=DAILY;COUNT=4\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:one@test\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20270327T050000\n"
        "DTSTART;TZID=Europe/Berlin:20270327T060000\n"));
    CHECK(starts(event) ==
          Texts{"2027-03-26T04:00:00Z", "2027-03-27T05:00:00Z", "2027-03-28T04:00:00Z", "2027-03-29T04:00:00Z"});
}

TEST_CASE("expand: what THISANDFUTURE moves far or makes long is found in a window far from its rule") {
    const std::string range =
        "END:VEVENT\nBEGIN:VEVENT\nUID:one@test\nRECURRENCE-ID;RANGE=THISANDFUTURE:20270301T220000Z\n";
    const auto later = onlyEvent(dailyWith(range + "DTSTART:20270321T220000Z\n"));
    CHECK(starts(later, "2027-03-24T00:00:00Z", "2027-04-01T00:00:00Z") == Texts{"2027-03-24T22:00:00Z"});
    const auto earlier = onlyEvent(dailyWith(range + "DTSTART:20270201T220000Z\n"));
    CHECK(starts(earlier, "2027-02-04T00:00:00Z", "2027-02-05T00:00:00Z") == Texts{"2027-02-04T22:00:00Z"});
    const auto longer = onlyEvent(dailyWith(range + "DTSTART:20270301T220000Z\nDURATION:P20D\n"));
    CHECK(starts(longer, "2027-03-24T00:00:00Z", "2027-04-01T00:00:00Z") == Texts{fiveOn(5)});
}

TEST_CASE("expand: what is cancelled or transparent does not sound") {
    const std::string moved = "DTSTART;TZID=Asia/Ho_Chi_Minh:20270303T050000\n";
    CHECK(starts(onlyEvent(dailyWith("STATUS:CANCELLED\n"))).empty());
    CHECK(starts(onlyEvent(dailyWith("STATUS:CANCELLED\n" + overrideOf("03") + moved))).empty());
    CHECK(starts(onlyEvent(dailyWith("STATUS:CANCELLED\n" + overrideOf("03") + moved + "TRANSP:OPAQUE\n"))).empty());
    CHECK(starts(onlyEvent(dailyWith("TRANSP:TRANSPARENT\n"))).empty());
    CHECK(starts(onlyEvent(dailyWith("TRANSP:TRANSPARENT\n" + overrideOf("03") + moved))).empty());
    CHECK(starts(onlyEvent(dailyWith(overrideOf("03") + moved + "STATUS:CANCELLED\n"))) ==
          Texts{fiveOn(1), fiveOn(2), fiveOn(4), fiveOn(5)});
    CHECK(starts(onlyEvent(dailyWith(overrideOf("03") + moved + "TRANSP:TRANSPARENT\n"))).size() == 4);
    CHECK(starts(onlyEvent(dailyWith("TRANSP:TRANSPARENT\n" + overrideOf("03") + moved + "TRANSP:OPAQUE\n"))) ==
          Texts{fiveOn(3)});
    CHECK(starts(onlyEvent(
              dailyWith("END:VEVENT\nBEGIN:VEVENT\nUID:one@test\nRECURRENCE-ID;RANGE=THISANDFUTURE:20270302T220000Z\n" +
                        moved + "STATUS:CANCELLED\n"))) == Texts{fiveOn(1), fiveOn(2)});
}

TEST_CASE("expand: durations in days are by the calendar, in hours exact") {
    const std::string start = "DTSTART;TZID=Europe/Berlin:20270327T120000\n";
    CHECK(airtimes(onlyEvent(calendarWith(start + "DURATION:P1D\n"))) ==
          Texts{"2027-03-27T11:00:00Z/2027-03-28T10:00:00Z"});
    CHECK(airtimes(onlyEvent(calendarWith(start + "DURATION:PT24H\n"))) ==
          Texts{"2027-03-27T11:00:00Z/2027-03-28T11:00:00Z"});
    CHECK(airtimes(onlyEvent(calendarWith(start + "DTEND;TZID=Europe/Berlin:20270328T120000\n"))) ==
          Texts{"2027-03-27T11:00:00Z/2027-03-28T10:00:00Z"});
}

TEST_CASE("expand: an event over midnight, or over the year's end, is one piece in the windows of both days") {
    const auto night = onlyEvent(
        calendarWith("DTSTART;TZID=Asia/Ho_Chi_Minh:20270301T233000\nDTEND;TZID=Asia/Ho_Chi_Minh:20270302T003000\n"
                     "RRULE:FREQ=DAILY;COUNT=2\n"));
    CHECK(airtimes(night) ==
          Texts{"2027-03-01T16:30:00Z/2027-03-01T17:30:00Z", "2027-03-02T16:30:00Z/2027-03-02T17:30:00Z"});
    CHECK(starts(night, "2027-03-01T17:00:00Z", "2027-03-02T17:00:00Z").size() == 2);  // 2 March in Vietnam
    const auto year = onlyEvent(
        calendarWith("DTSTART;TZID=Asia/Ho_Chi_Minh:20271231T233000\nDTEND;TZID=Asia/Ho_Chi_Minh:20280101T003000\n"));
    for (const auto* to : {"2027-12-31T17:00:00Z", "2028-01-01T17:00:00Z"})
        CHECK(airtimes(year, "2027-12-31T00:00:00Z", to) == Texts{"2027-12-31T16:30:00Z/2027-12-31T17:30:00Z"});
    CHECK(airtimes(year, "2027-12-31T17:00:00Z", "2028-01-01T17:00:00Z").size() == 1);
}

TEST_CASE("expand: an all-day event fills the day of the office's zone, one day where it names no end") {
    CHECK(airtimes(onlyEvent(calendarWith("DTSTART;VALUE=DATE:20270430\n"))) ==
          Texts{"2027-04-29T17:00:00Z/2027-04-30T17:00:00Z"});
    CHECK(airtimes(onlyEvent(
              calendarWith("DTSTART;VALUE=DATE:20270327\nX-LOA-ZONE:Europe/Berlin\nRRULE:FREQ=DAILY;COUNT=2\n"))) ==
          Texts{"2027-03-26T23:00:00Z/2027-03-27T23:00:00Z", "2027-03-27T23:00:00Z/2027-03-28T22:00:00Z"});
}

TEST_CASE("expand: occurrences are ordered by where they are, not by where they were") {
    const auto event = onlyEvent(dailyWith(overrideOf("04") + "DTSTART:20270301T000000Z\n"));
    CHECK(starts(event) == Texts{fiveOn(1), "2027-03-01T00:00:00Z", fiveOn(2), fiveOn(3), fiveOn(5)});
}

TEST_CASE("expand: too many occurrences are an error, not an endless list") {
    const auto event = onlyEvent(calendarWith("DTSTART:20270101T000000Z\nRRULE:FREQ=HOURLY\n"));
    CHECK(expand(event, {at("2027-01-01T00:00:00Z"), at("2028-01-01T00:00:00Z")}).size() == 8760);
    try {
        expand(event, {Instant::min(), Instant::max()});
        FAIL("an endless rule was expanded");
    } catch (const Error& error) {
        CHECK(error.code() == "too-many-occurrences");
    }
}

TEST_CASE("expand: an event without a series in its text is an error") {
    Event event = onlyEvent(dailyWith(""));
    for (const auto* text : {"", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"}) {
        event.icalendar = text;
        CHECK_THROWS_AS(expand(event, {at("2027-01-01T00:00:00Z"), at("2028-01-01T00:00:00Z")}), Error);
    }
}
