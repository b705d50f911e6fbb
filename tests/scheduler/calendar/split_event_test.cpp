// "This and following".
#include <algorithm>

#include "scheduler/calendar/edit_event.h"
#include "tests/scheduler/calendar/sample.h"

using namespace loa;

namespace {

const EventId newId{"two@test"};

Instant five(int day) {
    return at("2027-02-28T22:00:00Z") + std::chrono::days{day - 1};
}

std::string clockOn(int day, int hour, int minute = 0) {
    return formatInstant(five(day) + std::chrono::hours{hour - 5} + std::chrono::minutes{minute});
}

EventChange starting(const std::string& text) {
    EventChange change;
    change.start = parseLocalTime(text).value();
    return change;
}

Texts both(const Split& split) {
    auto all = starts(split.before);
    if (split.following)
        for (const auto& start : starts(*split.following)) all.push_back(start);
    std::sort(all.begin(), all.end());
    return all;
}

std::string codeOf(const Event& event, Instant original, const EventChange& change) {
    try {
        splitFrom(event, original, change, newId);
    } catch (const Error& error) {
        return error.code();
    }
    return "done";
}

}  // namespace

TEST_CASE("split event: COUNT is shared out, and the two together sound as the one did") {
    const auto event = onlyEvent(dailyWith("SUMMARY:Bản tin\nATTENDEE:urn:loa:area:thanh-binh\n"));
    const auto split = splitFrom(event, five(3), {}, newId);
    CHECK(starts(split.before) == Texts{clockOn(1, 5), clockOn(2, 5)});
    REQUIRE(split.following);
    CHECK(starts(*split.following) == Texts{clockOn(3, 5), clockOn(4, 5), clockOn(5, 5)});
    CHECK(draftOf(split.before).rule == "FREQ=DAILY;COUNT=2");
    CHECK(draftOf(*split.following).rule == "FREQ=DAILY;COUNT=3");
    CHECK(split.before.id == event.id);
    CHECK(split.before.sequence == 1);
    CHECK(split.following->id == newId);
    CHECK(split.following->sequence == 0);
    CHECK(split.following->targets == event.targets);
    CHECK(split.lost.empty());
    CHECK(onlyEvent(split.following->icalendar) == *split.following);
}

TEST_CASE("split event: a series without end ends before, on its last occurrence there") {
    const auto event = onlyEvent(
        calendarWith("SUMMARY:x\nDTSTART;TZID=Asia/Ho_Chi_Minh:20270301T050000\nRRULE:FREQ=WEEKLY;BYDAY=MO,TH\n"));
    const auto split = splitFrom(event, five(11), {}, newId);
    CHECK(draftOf(split.before).rule == "FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20270307T220000Z");
    CHECK(draftOf(*split.following).rule == "FREQ=WEEKLY;BYDAY=MO,TH");
    CHECK(both(split) == starts(event));
    const auto allDay =
        onlyEvent(calendarWith("SUMMARY:x\nDTSTART;VALUE=DATE:20270301\nRRULE:FREQ=DAILY;UNTIL=20270305\n"));
    const auto days = splitFrom(allDay, at("2027-03-02T17:00:00Z"), {}, newId);
    CHECK(draftOf(days.before).rule == "FREQ=DAILY;UNTIL=20270302");
    CHECK(both(days) == starts(allDay));
}

TEST_CASE("split event: every other week stays the same weeks") {
    const auto event =
        onlyEvent(calendarWith("SUMMARY:x\nDTSTART;TZID=Asia/Ho_Chi_Minh:20270301T050000\n"
                               "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,SU;COUNT=12\n"));
    for (const auto& occurrence : expand(event, {five(1), five(60)}))
        CHECK(both(splitFrom(event, occurrence.original, {}, newId)) == starts(event));
}

TEST_CASE("split event: what was said about an occurrence goes to the part it lies in") {
    auto event = onlyEvent(dailyWith("SUMMARY:Bản tin\nRDATE:20270309T220000Z\nEXDATE;VALUE=DATE:20270305\n"));
    event = dropOccurrence(event, five(2));
    event = changeOccurrence(event, five(1), {"Đầu", {}, five(4) + std::chrono::hours{2}, {}});
    event = changeOccurrence(event, five(4), {"Sau", {}, five(1) + std::chrono::hours{3}, {}});
    event = changeAtStation(event, {five(1), StationId{"tan-hue"}, true, {}, {}});
    event = changeAtStation(event, {five(10), StationId{"tan-hue"}, true, {}, {}});
    const auto split = splitFrom(event, five(3), {}, newId);
    CHECK(both(split) == starts(event));
    CHECK(starts(split.before) == Texts{clockOn(4, 7)});
    CHECK(starts(*split.following) == Texts{clockOn(1, 8), clockOn(3, 5), clockOn(10, 5)});
    CHECK(split.before.stationOverrides.size() == 1);
    CHECK(split.following->stationOverrides.at(0).original == five(10));
    CHECK(starts(restoreOccurrence(split.before, five(2))).size() == 2);
    CHECK(starts(restoreOccurrence(*split.following, five(5))).size() == 4);
}

TEST_CASE("split event: from here on an hour later, with all that was said; before, nothing changes") {
    auto event = onlyEvent(dailyWith("SUMMARY:Bản tin\n"));
    event = dropOccurrence(event, five(4));
    event = dropOccurrence(event, five(2));
    auto change = starting("2027-03-03T06:00:00");
    change.title = "Mới";
    change.duration = std::chrono::minutes{5};
    const auto split = splitFrom(event, five(3), change, newId);
    CHECK(split.lost.empty());
    CHECK(starts(split.before) == Texts{clockOn(1, 5)});
    CHECK(split.before.title == "Bản tin");
    CHECK(airtimes(*split.following) ==
          Texts{clockOn(3, 6) + "/" + clockOn(3, 6, 5), clockOn(5, 6) + "/" + clockOn(5, 6, 5)});
    CHECK(split.following->title == "Mới");
}

TEST_CASE("split event: in a zone with summer time each part keeps to the clock on the wall") {
    const auto event = onlyEvent(calendarWith(
        "SUMMARY:x\nDTSTART;TZID=Europe/Madrid:20270326T023000\nDURATION:PT15M\nRRULE:FREQ=DAILY;COUNT=6\n"));
    const auto inGap = at("2027-03-28T01:30:00Z");
    const auto split = splitFrom(event, inGap, {}, newId);
    CHECK(both(split) == starts(event));
    CHECK(formatLocalTime(draftOf(*split.following).start) == "2027-03-28T02:30:00");
    CHECK(starts(*splitFrom(event, inGap, starting("2027-03-28T05:00:00"), newId).following) ==
          Texts{"2027-03-28T03:00:00Z", "2027-03-29T03:00:00Z", "2027-03-30T03:00:00Z", "2027-03-31T03:00:00Z"});
}

TEST_CASE("split event: a new rule from here on, and what it has no occurrence for is named") {
    auto event = onlyEvent(dailyWith("SUMMARY:Bản tin\n"));
    event = dropOccurrence(event, five(4));
    EventChange change;
    change.rule = "FREQ=WEEKLY;COUNT=2";
    const auto split = splitFrom(event, five(2), change, newId);
    CHECK(both(split) == Texts{clockOn(1, 5), clockOn(2, 5), clockOn(9, 5)});
    CHECK(split.lost == std::vector{five(4)});
}

TEST_CASE("split event: at the first occurrence it is a change of all") {
    auto event = onlyEvent(dailyWith("SUMMARY:Bản tin\n"));
    const auto whole = splitFrom(event, five(1), starting("2027-03-01T06:00:00"), newId);
    CHECK(!whole.following);
    CHECK(whole.before == changeAll(event, starting("2027-03-01T06:00:00")).event);
    event = dropOccurrence(event, five(1));
    const auto rest = splitFrom(event, five(2), starting("2027-03-02T06:00:00"), newId);
    CHECK(!rest.following);
    CHECK(starts(rest.before) == Texts{clockOn(2, 6), clockOn(3, 6), clockOn(4, 6), clockOn(5, 6)});
}

TEST_CASE("split event: a THISANDFUTURE override speaks for both parts, and changes with the second") {
    const auto event = onlyEvent(dailyWith(
        "SUMMARY:Cũ\nEND:VEVENT\nBEGIN:VEVENT\nUID:one@test\nRECURRENCE-ID;RANGE=THISANDFUTURE:20270301T220000Z\n"
        "SUMMARY:Sau\nDTSTART;TZID=Asia/Ho_Chi_Minh:20270302T070000\nDURATION:PT30M\n"));
    const auto same = splitFrom(event, five(4), {}, newId);
    CHECK(both(same) == starts(event));
    auto change = starting("2027-03-04T09:00:00");
    change.title = "Mới";
    const auto split = splitFrom(event, five(4), change, newId);
    CHECK(starts(split.before) == Texts{clockOn(1, 5), clockOn(2, 7), clockOn(3, 7)});
    CHECK(airtimes(*split.following) ==
          Texts{clockOn(4, 9) + "/" + clockOn(4, 9, 30), clockOn(5, 9) + "/" + clockOn(5, 9, 30)});
    CHECK(expand(*split.following, {five(4), five(5)}).at(0).title == "Mới");
}

TEST_CASE("split event: at an extra date, before the rule or after it") {
    const auto event = onlyEvent(calendarWith(
        "SUMMARY:x\nDTSTART;TZID=Asia/Ho_Chi_Minh:20270301T050000\nDURATION:PT15M\nRRULE:FREQ=DAILY;COUNT=3\n"
        "RDATE:20270224T220000Z,20270301T100000Z\nRDATE;VALUE=PERIOD:20270319T220000Z/PT1H\n"
        "RDATE:20270321T220000Z\n"));
    CHECK(starts(event).size() == 7);
    for (const auto& occurrence : expand(event, {five(-10), five(60)})) {
        const auto split = splitFrom(event, occurrence.original, {}, newId);
        CHECK(both(split) == starts(event));
        auto all = airtimes(split.before);
        if (split.following)
            for (const auto& airtime : airtimes(*split.following)) all.push_back(airtime);
        CHECK(all == airtimes(event));
    }
    CHECK(codeOf(event, at("2027-03-01T10:00:00Z"), starting("2027-03-01T18:00:00")) == "start-of-extra");
    CHECK(codeOf(event, five(2), starting("2027-03-02T06:00:00")) == "done");
}

TEST_CASE("split event: an id that is none is refused") {
    const auto event = onlyEvent(dailyWith("SUMMARY:x\n"));
    CHECK_THROWS_AS(splitFrom(event, five(2), {}, EventId{""}), Error);
    CHECK(onlyEvent(splitFrom(event, five(2), {}, EventId{"a,b;c"}).following->icalendar).id == EventId{"a,b;c"});
}
