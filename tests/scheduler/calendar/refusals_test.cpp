// What is refused, each with its line and reason, before anything is expanded. Lines: see sample.h.
#include "tests/scheduler/calendar/sample.h"

using namespace loa;

namespace {

struct Refused {
    std::string body;
    std::string expected;  // code@line
};

void checkEach(const std::vector<Refused>& cases, std::string (*frame)(const std::string&)) {
    for (const auto& [body, expected] : cases) {
        CAPTURE(body);
        CHECK(refusalOf(frame(body)) == expected);
    }
}

/// An event from 2027-03-01 05:00 in Vietnam whose rule is on line 6.
std::string ruled(const std::string& rule) {
    return calendarWith("DTSTART;TZID=Asia/Ho_Chi_Minh:20270301T050000\nRRULE:" + rule + "\n");
}

}  // namespace

TEST_CASE("refusals: F88 rules that cost too much end at once, in words people understand") {
    checkEach(
        {{"FREQ=SECONDLY", "rule-too-frequent@6"},
         {"FREQ=MINUTELY;COUNT=3", "rule-too-frequent@6"},
         {"FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30", "rule-too-frequent@6"},
         {"FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", "rule-unsupported@6"},
         {"FREQ=HOURLY;BYDAY=MO", "rule-unsupported@6"},
         {"FREQ=HOURLY;INTERVAL=2;BYHOUR=2", "rule-unsupported@6"},
         {"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30,31", "rule-never@6"},
         {"FREQ=MONTHLY;BYMONTH=2,4;BYMONTHDAY=31", "rule-never@6"},
         {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-30", "rule-never@6"},
         {"FREQ=DAILY;INTERVAL=7;BYDAY=TU", "rule-never@6"},
         {"FREQ=MONTHLY;BYDAY=6MO", "rule-never@6"},
         {"FREQ=MONTHLY;BYMONTHDAY=1;BYSETPOS=2", "rule-never@6"},
         {"FREQ=DAILY;BYHOUR=0,1,2,3,4,5;BYMINUTE=0,1,2,3,4,5,6,7,8,9,10;BYSECOND=0,10,20,30,40", "rule-too-dense@6"},
         {"FREQ=HOURLY;BYMINUTE=0,1,2,3,4,5,6,7,8,9,10,11,12", "rule-too-dense@6"}},
        ruled);
}

TEST_CASE("refusals: F88 rules that hardly ever fall on a day end at once, and cost nothing") {
    checkEach({{"FREQ=DAILY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", "rule-never@6"},
               {"FREQ=MONTHLY;INTERVAL=12;BYMONTH=2;BYDAY=5MO", "rule-never@6"},
               {"FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", "rule-never@6"},
               {"FREQ=YEARLY;INTERVAL=2;BYYEARDAY=366", "rule-never@6"},
               {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "taken"}},
              ruled);
    CHECK(refusalOf(calendarWith("DTSTART:20960301T050000Z\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29\n")) == "taken");
}

TEST_CASE("refusals: a series of which 400 days could not be expanded at once") {
    const std::string minutes = "BYMINUTE=0,10,20,30,40,50";
    checkEach(
        {{"FREQ=HOURLY;" + minutes, "rule-too-dense@6"},
         {"FREQ=HOURLY;INTERVAL=2;" + minutes, "taken"},
         {"FREQ=HOURLY;" + minutes + ";COUNT=10000", "taken"},
         {"FREQ=DAILY;BYHOUR=4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;" + minutes + ",55",
          "rule-too-dense@6"},
         {"FREQ=DAILY;BYHOUR=4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;UNTIL=20270501T000000Z;" + minutes +
              ",55",
          "taken"},
         {"FREQ=WEEKLY;BYDAY=MO,TU;BYHOUR=4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;" + minutes + ",55",
          "taken"}},
        ruled);
}

TEST_CASE("refusals: rules that libical 3.0.16 gets wrong, or RFC 5545 gives no meaning") {
    checkEach({{"FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO", "rule-unsupported@6"},
               {"FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=1", "rule-unsupported@6"},
               {"FREQ=DAILY;BYHOUR=5,11;BYSETPOS=1", "rule-unsupported@6"},
               {"FREQ=MONTHLY;BYSETPOS=1", "rule-unsupported@6"},
               {"FREQ=MONTHLY;BYDAY=MO,TU;BYHOUR=5,11;BYSETPOS=1", "rule-unsupported@6"},
               {"FREQ=DAILY;BYMONTHDAY=-1", "rule-unsupported@6"},
               {"FREQ=WEEKLY;BYDAY=2MO", "rule-unsupported@6"},
               {"FREQ=WEEKLY;BYMONTHDAY=3", "rule-unsupported@6"},
               {"FREQ=MONTHLY;BYYEARDAY=3", "rule-unsupported@6"},
               {"FREQ=YEARLY;RSCALE=CHINESE", "rule-unsupported@6"}},
              ruled);
}

TEST_CASE("refusals: numbers that are none, are out of range or would wrap") {
    checkEach({{"FREQ=DAILY;INTERVAL=0", "bad-number@6"},
               {"FREQ=DAILY;INTERVAL=65537", "bad-number@6"},
               {"FREQ=DAILY;INTERVAL=367", "bad-number@6"},
               {"FREQ=DAILY;COUNT=0", "bad-number@6"},
               {"FREQ=DAILY;COUNT=-1", "bad-number@6"},
               {"FREQ=DAILY;COUNT=4294967297", "bad-number@6"},
               {"FREQ=DAILY;COUNT=1000000000", "bad-number@6"},
               {"FREQ=DAILY;COUNT=3x", "bad-number@6"},
               {"FREQ=DAILY;BYHOUR=24", "bad-number@6"},
               {"FREQ=DAILY;BYHOUR=65541", "bad-number@6"},
               {"FREQ=MONTHLY;BYMONTHDAY=32", "bad-number@6"},
               {"FREQ=MONTHLY;BYMONTHDAY=0", "bad-rule@6"},
               {"FREQ=MONTHLY;BYDAY=65537MO", "bad-number@6"},
               {"FREQ=MONTHLY;BYDAY=0MO", "bad-rule@6"},
               {"FREQ=DAILY;BYMONTH=13", "bad-number@6"},
               {"FREQ=DAILY;BYSECOND=60", "bad-number@6"}},
              ruled);
}

TEST_CASE("refusals: rules that cannot be read or contradict themselves") {
    checkEach({{"", "bad-rule@6"},
               {"DAILY", "bad-rule@6"},
               {"COUNT=3", "bad-rule@6"},
               {"FREQ=FORTNIGHTLY", "bad-rule@6"},
               {"FREQ=DAILY;COUNT=3;COUNT=4", "bad-rule@6"},
               {"FREQ=DAILY;BYDAY=XX", "bad-rule@6"},
               {"FREQ=DAILY;X-MORE=1", "bad-rule@6"},
               {"FREQ=DAILY;WKST=1", "bad-rule@6"},
               {"FREQ=DAILY;UNTIL=tomorrow", "bad-date@6"},
               {"FREQ=DAILY;UNTIL=20270230T000000Z", "impossible-date@6"},
               {"FREQ=DAILY;UNTIL=20270305", "other-value-type@6"},
               {"FREQ=DAILY;COUNT=3;UNTIL=20270305T000000Z", "count-and-until@6"},
               {"FREQ=DAILY\nRRULE:FREQ=WEEKLY", "two-rules@7"}},
              ruled);
}

TEST_CASE("refusals: dates that do not exist, in any property") {
    checkEach(
        {{"DTSTART:20271301T050000Z\n", "impossible-date@5"},
         {"DTSTART:20270230T050000Z\n", "impossible-date@5"},
         {"DTSTART;VALUE=DATE:20270229\n", "impossible-date@5"},
         {"DTSTART:20270301T240000Z\n", "impossible-date@5"},
         {"DTSTART:20270301T050060Z\n", "impossible-date@5"},
         {"DTSTART:2027-03-01\n", "bad-date@5"},
         {"DTSTART;VALUE=DATE:20270301T050000\n", "bad-date@5"},
         {"DTSTART:16010101T000000Z\n", "year-out-of-range@5"},
         {"DTSTART:20270301T050000Z\nDTEND:20270431T050000Z\n", "impossible-date@6"},
         {"DTSTART:20270301T050000Z\nDTSTAMP:20260132T000000Z\n", "impossible-date@6"},
         {"DTSTART:20270301T050000Z\nLAST-MODIFIED:20261301T000000Z\n", "impossible-date@6"},
         {"DTSTART:20270301T050000Z\nRDATE:20270302T050000Z,20270230T050000Z\n", "impossible-date@6"},
         {"DTSTART:20270301T050000Z\nRDATE;VALUE=PERIOD:20270302T050000Z/20270230T050000Z\n", "impossible-date@6"},
         {"DTSTART:20270301T050000Z\nEXDATE:20270230T050000Z\n", "impossible-date@6"},
         {"DTSTART:20270301T050000Z\nEXDATE:\n", "bad-date@6"},
         {"DTSTART:20270301T050000Z\nBEGIN:VALARM\nTRIGGER;VALUE=DATE-TIME:20270230T050000Z\nEND:VALARM\n",
          "impossible-date@7"}},
        calendarWith);
}

TEST_CASE("refusals: events whose parts are missing, double or at odds") {
    checkEach(
        {{"SUMMARY:x\n", "no-start@3"},
         {"DTSTART:20270301T050000Z\nDTSTART:20270302T050000Z\n", "double-property@6"},
         {"DTSTART:20270301T050000Z\nSUMMARY:a\nSUMMARY:b\n", "double-property@7"},
         {"DTSTART:20270301T050000Z\nDTEND:20270301T040000Z\n", "end-before-start@6"},
         {"DTSTART;VALUE=DATE:20270301\nDTEND;VALUE=DATE:20270301\n", "end-before-start@6"},
         {"DTSTART:20270301T050000Z\nDTEND;VALUE=DATE:20270302\n", "other-value-type@6"},
         {"DTSTART:20270301T050000Z\nDTEND:20270301T060000Z\nDURATION:PT1H\n", "end-and-duration@7"},
         {"DTSTART:20270301T050000Z\nDURATION:-PT5M\n", "negative-duration@6"},
         {"DTSTART:20270301T050000Z\nDURATION:PT\n", "bad-duration@6"},
         {"DTSTART:20270301T050000Z\nDURATION:PT15\n", "bad-duration@6"},
         {"DTSTART:20270301T050000Z\nDURATION:PT99999999999S\n", "bad-duration@6"},
         {"DTSTART:20270301T050000Z\nDURATION:P400D\n", "too-long@6"},
         {"DTSTART;VALUE=DATE:20270301\nDURATION:PT1H\n", "other-value-type@6"},
         {"DTSTART;VALUE=DATE:20270301\nRRULE:FREQ=DAILY;BYHOUR=5\n", "rule-unsupported@6"},
         {"DTSTART;VALUE=DATE:20270301\nRRULE:FREQ=DAILY;UNTIL=20270305T000000Z\n", "other-value-type@6"},
         {"DTSTART;VALUE=DATE:20270301\nEXDATE:20270301T000000Z\n", "other-value-type@6"},
         {"DTSTART:20270301T050000Z\nRDATE;VALUE=DATE:20270302\n", "other-value-type@6"},
         {"DTSTART:20270301T050000Z\nRDATE:20270302T050000Z/PT1H\n", "bad-date@6"},
         {"DTSTART:20270301T050000Z\nRDATE;VALUE=PERIOD:20270302T050000Z/20270301T050000Z\n", "end-before-start@6"},
         {"DTSTART:20270301T050000Z\nSEQUENCE:99999999999\n", "bad-number@6"}},
        calendarWith);
    CHECK(refusalOf("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20270301T050000Z\nEND:VEVENT\nEND:VCALENDAR\n") ==
          "no-uid@2");
    CHECK(refusalOf(calendarWith(
              "DTSTART:20270301T050000Z\nEND:VEVENT\nBEGIN:VEVENT\nUID:one@test\nDTSTART:20270302T050000Z\n")) ==
          "double-event@7");
}

TEST_CASE("refusals: B-3 an interval of no length, however it is written") {
    checkEach({{"DTSTART:20270301T050000Z\nDTEND:20270301T050000Z\n", "end-before-start@6"},
               {"DTSTART:20270301T050000Z\nDTEND;TZID=Asia/Ho_Chi_Minh:20270301T120000\n", "end-before-start@6"},
               {"DTSTART;VALUE=DATE:20270301\nDTEND;VALUE=DATE:20270301\n", "end-before-start@6"},
               {"DTSTART:20270301T050000Z\nDURATION:PT0S\n", "no-duration@6"},
               {"DTSTART:20270301T050000Z\nRDATE;VALUE=PERIOD:20270302T050000Z/PT0S\n", "end-before-start@6"}},
              calendarWith);
}

TEST_CASE("refusals: B-9 an inverted interval is never taken for one over midnight, nor over the year's end") {
    const std::string vietnam = ";TZID=Asia/Ho_Chi_Minh:";
    checkEach({{"DTSTART" + vietnam + "20270301T233000\nDTEND" + vietnam + "20270301T003000\n", "end-before-start@6"},
               {"DTSTART" + vietnam + "20271231T233000\nDTEND" + vietnam + "20270101T003000\n", "end-before-start@6"},
               {"DTSTART" + vietnam + "20270301T050000\nRDATE;VALUE=PERIOD:20270302T233000Z/20270302T003000Z\n",
                "end-before-start@6"},
               {"DTSTART;TZID=Europe/Madrid:20270328T023000\nDTEND;TZID=Europe/Madrid:20270328T031500\n",
                "end-before-start@6"}},  // 02:30 does not exist that day: it is 03:30
              calendarWith);
}

TEST_CASE("refusals: a time zone nobody knows is never read as UTC") {
    checkEach({{"DTSTART;TZID=Asia/Atlantis:20270301T050000\n", "unknown-zone@5"},
               {"DTSTART;TZID=../../etc/passwd:20270301T050000\n", "unknown-zone@5"},
               {"DTSTART;TZID=/etc/localtime:20270301T050000\n", "unknown-zone@5"},
               {"DTSTART;TZID=right/Asia/Tokyo:20270301T050000\n", "unknown-zone@5"},
               {"DTSTART;TZID=EST5EDT4,M3.2.0,M11.1.0:20270301T050000\n", "unknown-zone@5"},
               {"DTSTART:20270301T050000Z\nEXDATE;TZID=Nowhere:20270301T050000\n", "unknown-zone@6"},
               {"DTSTART;VALUE=DATE:20270301\nX-LOA-ZONE:Nowhere\n", "unknown-zone@6"}},
              calendarWith);
    CHECK_THROWS_AS(readEvents(dailyWith(""), {"Nowhere"}), Error);
}

TEST_CASE("refusals: overrides of nothing") {
    const std::string moved = "DTSTART;TZID=Asia/Ho_Chi_Minh:20270303T070000\n";
    const std::string elsewhere = "END:VEVENT\nBEGIN:VEVENT\nUID:two@test\nRECURRENCE-ID:20270303T050000Z\n" + moved;
    CHECK(refusalOf(dailyWith(overrideOf("03") + moved)) == "taken");
    CHECK(refusalOf(dailyWith(elsewhere)) == "override-without-series@11");
    CHECK(refusalOf(dailyWith(overrideOf("09") + moved)) == "override-of-nothing@11");
    CHECK(refusalOf(dailyWith("EXDATE;TZID=Asia/Ho_Chi_Minh:20270303T050000\n" + overrideOf("03") + moved)) ==
          "override-of-nothing@12");
    CHECK(refusalOf(dailyWith(overrideOf("03") + moved + overrideOf("03") + moved)) == "double-override@16");
    CHECK(refusalOf(dailyWith(overrideOf("03") + moved + "RRULE:FREQ=DAILY\n")) == "rule-in-override@13");
    CHECK(refusalOf(dailyWith("END:VEVENT\nBEGIN:VEVENT\nUID:one@test\nRECURRENCE-ID;VALUE=DATE:20270303\n" + moved)) ==
          "other-value-type@11");
    CHECK(refusalOf(dailyWith(
              "END:VEVENT\nBEGIN:VEVENT\nUID:one@test\nRECURRENCE-ID;RANGE=THISANDPRIOR:20270302T220000Z\n" + moved)) ==
          "bad-range@11");
}

TEST_CASE("refusals: F88 texts over a limit") {
    const std::string start = "DTSTART:20270301T050000Z\n";
    std::string dates = start;
    for (int line = 0; line < 201; ++line) {
        dates += "EXDATE:20270302T050000Z";
        for (int date = 1; date < 10; ++date) dates += ",20270302T050000Z";
        dates += "\n";
    }
    CHECK(refusalOf(calendarWith(dates)) == "too-many-dates@206");
    CHECK(refusalOf(calendarWith(start + "DESCRIPTION:" + std::string(calendarLineBytesLimit, 'a') + "\n")) ==
          "line-too-long@6");
    std::string folded = start + "DESCRIPTION:\n";
    for (int line = 0; line < 900; ++line) folded += " " + std::string(74, 'a') + "\n";
    CHECK(refusalOf(calendarWith(folded)) == "line-too-long@6");
    CHECK(refusalOf(std::string(calendarBytesLimit + 1, 'a')) == "calendar-too-large@0");
    std::string many = "BEGIN:VCALENDAR\n";
    for (int event = 0; event <= calendarEventsLimit; ++event) many += "BEGIN:VEVENT\nEND:VEVENT\n";
    CHECK(refusalOf(many + "END:VCALENDAR\n") == "too-many-events@4002");
    std::string deep;
    for (int level = 0; level < 200'000; ++level) deep += "BEGIN:VCALENDAR\n";
    CHECK(refusalOf(deep) == "too-many-lines@60001");
    CHECK(refusalOf(deep.substr(0, 1600)) == "too-deep@9");
    std::string counted = "BEGIN:VCALENDAR\n";
    for (int event = 0; event < 201; ++event)
        counted +=
            "BEGIN:VEVENT\nUID:" + std::to_string(event) + "\n" + start + "RRULE:FREQ=DAILY;COUNT=10000\nEND:VEVENT\n";
    CHECK(refusalOf(counted + "END:VCALENDAR\n") == "too-costly@1005");
    CHECK(refusalOf(calendarWith(start + "SUMMARY:" + std::string(301, 'a') + "\n")) == "title-too-long@6");
}

TEST_CASE("refusals: texts that are not a calendar") {
    CHECK(refusalOf("") == "not-a-calendar@0");
    CHECK(refusalOf("<html></html>") == "broken-line@1");
    CHECK(refusalOf("BEGIN:VCARD\nEND:VCARD\n") == "not-a-calendar@1");
    CHECK(refusalOf("BEGIN:VCALENDAR\n") == "broken-structure@1");
    CHECK(refusalOf("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n") == "broken-structure@3");
    CHECK(refusalOf("END:VCALENDAR\n") == "not-a-calendar@1");
    CHECK(refusalOf("BEGIN:VCALENDAR\nVERSION:1.0\nEND:VCALENDAR\n") == "other-version@2");
    CHECK(refusalOf("BEGIN:VCALENDAR\nCALSCALE:CHINESE\nEND:VCALENDAR\n") == "other-calendar@2");
    CHECK(refusalOf(calendarWith("no colon here\n")) == "broken-line@5");
    CHECK(refusalOf(calendarWith("DTSTART;TZID=\"open:20270301T050000\n")) == "broken-line@5");
}

TEST_CASE("refusals: invalid UTF-8, NUL and control characters") {
    CHECK(refusalOf(calendarWith("SUMMARY:\xFF\xFE\n")) == "bad-utf8@5");
    CHECK(refusalOf(calendarWith("SUMMARY:\xC0\x80\n")) == "bad-utf8@5");
    CHECK(refusalOf(calendarWith("SUMMARY:\xED\xA0\x80\n")) == "bad-utf8@5");
    CHECK(refusalOf(calendarWith(std::string{"SUMMARY:a\0b\n", 12})) == "control-character@5");
    CHECK(refusalOf(calendarWith("SUMMARY:a\x1B[2J\n")) == "control-character@5");
    CHECK(refusalOf(calendarWith("SUMMARY:a\rX-LOA-CLASS:priority\n")) == "control-character@5");
    CHECK(refusalOf(calendarWith("SUMMARY:a\xC2\x85X-LOA-CLASS:priority\n")) == "control-character@5");
    CHECK(refusalOf(calendarWith("SUMMARY:a\x7F\n")) == "control-character@5");
}

TEST_CASE("refusals: each has a sentence in both languages") {
    try {
        readEvents(dailyWith("RDATE:20270230T050000Z\n"));
        FAIL("30 February was taken");
    } catch (const Error& error) {
        CHECK(error.fault() == Fault::invalid);
        CHECK(error.words().vi == "Ngày giờ này không có thật. Kiểm tra tháng, ngày và giờ.");
        CHECK(error.words().en == "There is no such date. Check month, day and time.");
    }
}
