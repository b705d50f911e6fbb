#include "scheduler/calendar/edit_event.h"

#include "tests/scheduler/calendar/sample.h"

using namespace loa;

namespace {

const MediaSource media{MediaId{std::string(64, 'a')}};
const MediaSource other{MediaId{std::string(64, 'b')}};

/// 05:00 in Vietnam on a day of March 2027 is 22:00 UTC the day before.
Instant five(int day) {
    return at("2027-02-28T22:00:00Z") + std::chrono::days{day - 1};
}

std::string clockOn(int day, int hour, int minute = 0) {
    return formatInstant(five(day) + std::chrono::hours{hour - 5} + std::chrono::minutes{minute});
}

LocalTime local(const std::string& text) {
    return parseLocalTime(text).value();
}

EventChange starting(const std::string& text) {
    EventChange change;
    change.start = local(text);
    return change;
}

EventChange ruled(const std::string& rule) {
    EventChange change;
    change.rule = rule;
    return change;
}

EventChange titled(const std::string& title) {
    EventChange change;
    change.title = title;
    return change;
}

/// The code of what `edit` throws, or "done".
template <class Edit>
std::string codeOf(Edit edit) {
    try {
        edit();
    } catch (const Error& error) {
        CHECK(error.line() == 0);
        return error.code();
    }
    return "done";
}

StationOverride droppedAt(const std::string& station, Instant original) {
    return {original, StationId{station}, true, std::nullopt, std::nullopt};
}

/// A daily event of five with its third dropped, its fourth an hour later, its second dropped in Tân Huề.
Event daily() {
    auto event = onlyEvent(dailyWith("SUMMARY:Bản tin\n"));
    event = dropOccurrence(event, five(3));
    event = changeOccurrence(event, five(4), {{}, {}, five(4) + std::chrono::hours{1}, {}});
    return changeAtStation(event, droppedAt("tan-hue", five(2)));
}

}  // namespace

TEST_CASE("edit event: one occurrence is moved, renamed, made longer and given other media; the others stay") {
    const auto event = onlyEvent(dailyWith("SUMMARY:Bản tin\nATTENDEE:urn:loa:area:thanh-binh\n"));
    const auto edited =
        changeOccurrence(event, five(2), {"Riêng", media, five(2) + std::chrono::hours{2}, std::chrono::minutes{20}});
    CHECK(airtimes(edited)[1] == clockOn(2, 7) + "/" + clockOn(2, 7, 20));
    CHECK(starts(edited).size() == 5);
    CHECK(edited.sequence == 1);
    const auto all = expand(edited, {five(2), five(3)});
    REQUIRE(all.size() == 1);
    CHECK(all[0].original == five(2));
    CHECK(all[0].title == "Riêng");
    CHECK(all[0].source == Source{media});
    CHECK(edited.title == "Bản tin");
    CHECK(readEvents(edited.icalendar).notices.empty());  // it repeats the series' facts and no others
    CHECK(onlyEvent(edited.icalendar) == edited);
}

TEST_CASE("edit event: a second change of the same occurrence keeps the first") {
    auto event = onlyEvent(dailyWith("SUMMARY:Bản tin\n"));
    event = changeOccurrence(event, five(2), {"Riêng", {}, {}, {}});
    event = changeOccurrence(event, five(2), {{}, {}, five(2) + std::chrono::minutes{30}, {}});
    event = changeOccurrence(event, five(2), {{}, {}, {}, std::chrono::minutes{5}});
    const auto all = expand(event, {five(2), five(3)});
    REQUIRE(all.size() == 1);
    CHECK(all[0].title == "Riêng");
    CHECK(all[0].at == Interval{five(2) + std::chrono::minutes{30}, five(2) + std::chrono::minutes{35}});
    CHECK(event.sequence == 3);
    CHECK(starts(restoreOccurrence(event, five(2))) == starts(onlyEvent(dailyWith(""))));
}

TEST_CASE(
    "edit event: a dropped occurrence and what was said about it are away, and come back as the series has them") {
    auto event = onlyEvent(dailyWith("SUMMARY:Bản tin\n"));
    event = changeOccurrence(event, five(2), {"Riêng", {}, five(2) + std::chrono::hours{1}, {}});
    event = changeAtStation(event, droppedAt("tan-hue", five(2)));
    const auto dropped = dropOccurrence(event, five(2));
    CHECK(starts(dropped) == Texts{clockOn(1, 5), clockOn(3, 5), clockOn(4, 5), clockOn(5, 5)});
    CHECK(dropped.stationOverrides.empty());
    const auto restored = restoreOccurrence(dropped, five(2));
    CHECK(starts(restored).size() == 5);
    CHECK(starts(restored)[1] == clockOn(2, 5));
    CHECK(restored.sequence == dropped.sequence + 1);
    CHECK(restoreOccurrence(restored, five(2)) == restored);
}

TEST_CASE("edit event: of a day that is excluded as a whole, one occurrence comes back alone") {
    const auto event =
        onlyEvent(calendarWith("SUMMARY:x\nDTSTART;TZID=Asia/Ho_Chi_Minh:20270301T050000\nDURATION:PT15M\n"
                               "RRULE:FREQ=DAILY;BYHOUR=5,11,17;COUNT=9\nEXDATE;VALUE=DATE:20270302\n"));
    CHECK(starts(event).size() == 6);
    CHECK(starts(restoreOccurrence(event, five(2) + std::chrono::hours{6})) ==
          Texts{clockOn(1, 5), clockOn(1, 11), clockOn(1, 17), clockOn(2, 11), clockOn(3, 5), clockOn(3, 11),
                clockOn(3, 17)});
}

TEST_CASE("edit event: a station drops, moves or replaces one occurrence, and does as the others again") {
    auto event = onlyEvent(dailyWith("SUMMARY:Bản tin\n"));
    event = changeAtStation(event, droppedAt("tan-hue", five(2)));
    event = changeAtStation(event, {five(1), StationId{"tan-hue"}, false, five(1) + std::chrono::hours{6}, other});
    event = changeAtStation(event, {five(2), StationId{"tan-hue"}, false, std::nullopt, other});
    REQUIRE(event.stationOverrides.size() == 2);
    CHECK(event.stationOverrides[0].start == five(1) + std::chrono::hours{6});
    CHECK(event.stationOverrides[1].source == Source{other});
    CHECK(event.sequence == 3);
    event = restoreAtStation(event, five(2), StationId{"tan-hue"});
    CHECK(event.stationOverrides.size() == 1);
    CHECK(restoreAtStation(event, five(2), StationId{"tan-hue"}) == event);
    CHECK(codeOf([&] {
              changeAtStation(event, {five(2), StationId{"tan-hue"}, false, {}, {}});
          }) == "bad-station-override");
}

TEST_CASE("edit event: what is no occurrence cannot be edited") {
    const auto event = daily();
    for (const auto original : {five(1) + Milliseconds{1}, five(6), five(3)}) {
        CHECK(codeOf([&] { changeOccurrence(event, original, {"x", {}, {}, {}}); }) == "no-such-occurrence");
        CHECK(codeOf([&] { dropOccurrence(event, original); }) == "no-such-occurrence");
        CHECK(codeOf([&] { changeAtStation(event, droppedAt("tan-hue", original)); }) == "no-such-occurrence");
        CHECK(codeOf([&] { splitFrom(event, original, {}, EventId{"two"}); }) == "no-such-occurrence");
    }
    CHECK(codeOf([&] { restoreOccurrence(event, five(6)); }) == "no-such-occurrence");
}

TEST_CASE("edit event: a new hour for all takes every exclusion and override along by wall time (B-4, B-7)") {
    const auto [event, lost] = changeAll(daily(), starting("2027-03-01T06:00:00"));
    CHECK(lost.empty());
    // The third stays dropped; the fourth was put at 06:00 by hand and stays there.
    CHECK(starts(event) == Texts{clockOn(1, 6), clockOn(2, 6), clockOn(4, 6), clockOn(5, 6)});
    REQUIRE(event.stationOverrides.size() == 1);
    CHECK(event.stationOverrides[0].original == five(2) + std::chrono::hours{1});
    CHECK(starts(restoreOccurrence(event, five(3) + std::chrono::hours{1})).size() == 5);
    CHECK(event.sequence == daily().sequence + 1);
}

TEST_CASE("edit event: an override that only renames follows the series to its new hour and length") {
    const auto event = changeOccurrence(onlyEvent(dailyWith("SUMMARY:Bản tin\n")), five(2), {"Riêng", {}, {}, {}});
    auto change = starting("2027-03-01T17:30:00");
    change.duration = std::chrono::minutes{10};
    const auto edited = changeAll(event, change).event;
    CHECK(airtimes(edited)[1] == clockOn(2, 17, 30) + "/" + clockOn(2, 17, 40));
    CHECK(expand(edited, {five(2), five(3)}).at(0).title == "Riêng");
}

TEST_CASE("edit event: five in the morning in Vietnam moved over midnight stays the same occurrences") {
    const auto text = calendarWith(
        "SUMMARY:x\nDTSTART;TZID=Asia/Ho_Chi_Minh:20270301T233000\nDURATION:PT1H\n"
        "RRULE:FREQ=DAILY;UNTIL=20270305T163000Z\nEXDATE;TZID=Asia/Ho_Chi_Minh:20270303T233000\n");
    const auto [later, lost] = changeAll(onlyEvent(text), starting("2027-03-02T00:30:00"));
    CHECK(lost.empty());
    CHECK(starts(later) == Texts{clockOn(2, 0, 30), clockOn(3, 0, 30), clockOn(5, 0, 30), clockOn(6, 0, 30)});
    const auto [back, none] = changeAll(later, starting("2027-03-01T23:30:00"));
    CHECK(none.empty());
    CHECK(starts(back) == starts(onlyEvent(text)));
}

TEST_CASE("edit event: an occurrence over midnight and one over the year's end are moved in one piece") {
    const auto event =
        onlyEvent(calendarWith("SUMMARY:x\nDTSTART;TZID=Asia/Ho_Chi_Minh:20271230T233000\n"
                               "DTEND;TZID=Asia/Ho_Chi_Minh:20271231T003000\nRRULE:FREQ=DAILY;COUNT=3\n"));
    const auto last = at("2027-12-31T16:30:00Z");
    const auto moved = changeOccurrence(event, last, {{}, {}, last + std::chrono::minutes{45}, {}});
    CHECK(airtimes(moved, "2027-12-31T00:00:00Z", "2028-01-01T00:00:00Z") ==
          Texts{"2027-12-31T17:15:00Z/2027-12-31T18:15:00Z"});
    const auto earlier = changeAll(dropOccurrence(event, last), starting("2027-12-30T22:15:00"));
    CHECK(earlier.lost.empty());
    CHECK(airtimes(earlier.event, "2027-12-30T00:00:00Z", "2028-02-01T00:00:00Z") ==
          Texts{"2027-12-30T15:15:00Z/2027-12-30T16:15:00Z", "2028-01-01T15:15:00Z/2028-01-01T16:15:00Z"});
}

TEST_CASE("edit event: in a zone with summer time edits keep to the clock on the wall, over both changes") {
    const auto event =
        onlyEvent(calendarWith("SUMMARY:x\nDTSTART;TZID=Europe/Madrid:20270326T023000\nDURATION:PT15M\n"
                               "RRULE:FREQ=DAILY;UNTIL=20270331T003000Z\n"));
    CHECK(starts(event) == Texts{"2027-03-26T01:30:00Z", "2027-03-27T01:30:00Z", "2027-03-28T01:30:00Z",
                                 "2027-03-29T00:30:00Z", "2027-03-30T00:30:00Z", "2027-03-31T00:30:00Z"});
    // 28 March has no 02:30; what is said about its occurrence is carried by what the rule means, not by 03:30.
    auto dropped = dropOccurrence(event, at("2027-03-28T01:30:00Z"));
    dropped = changeAtStation(dropped, droppedAt("a", at("2027-03-29T00:30:00Z")));
    const auto [moved, lost] = changeAll(dropped, starting("2027-03-26T05:00:00"));
    CHECK(lost.empty());
    CHECK(starts(moved) == Texts{"2027-03-26T04:00:00Z", "2027-03-27T04:00:00Z", "2027-03-29T03:00:00Z",
                                 "2027-03-30T03:00:00Z", "2027-03-31T03:00:00Z"});
    CHECK(moved.stationOverrides.at(0).original == at("2027-03-29T03:00:00Z"));
    const auto [back, none] = changeAll(moved, starting("2027-03-26T02:30:00"));
    CHECK(none.empty());
    CHECK(starts(back) == starts(dropped));
}

TEST_CASE("edit event: an instant that the clock shows twice can be moved to, the second time too") {
    const auto event = onlyEvent(calendarWith(
        "SUMMARY:x\nDTSTART;TZID=Europe/Madrid:20271030T023000\nDURATION:PT15M\nRRULE:FREQ=DAILY;COUNT=3\n"));
    const auto original = at("2027-10-30T00:30:00Z");
    const auto moved = changeOccurrence(event, original, {{}, {}, at("2027-10-31T01:30:00Z"), {}});
    CHECK(starts(moved) == Texts{"2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z", "2027-11-01T01:30:00Z"});
}

TEST_CASE("edit event: a weekly rule turns with its start, and what was said about a day goes with it") {
    auto event =
        onlyEvent(calendarWith("SUMMARY:x\nDTSTART;TZID=Asia/Ho_Chi_Minh:20270301T050000\nDURATION:PT15M\n"
                               "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;UNTIL=20270404T220000Z\n"));
    CHECK(starts(event) ==
          Texts{clockOn(1, 5), clockOn(7, 5), clockOn(15, 5), clockOn(21, 5), clockOn(29, 5), clockOn(35, 5)});
    event = dropOccurrence(event, five(15));
    const auto [moved, lost] = changeAll(event, starting("2027-03-02T06:00:00"));
    CHECK(lost.empty());
    CHECK(starts(moved) == Texts{clockOn(2, 6), clockOn(8, 6), clockOn(22, 6), clockOn(30, 6), clockOn(36, 6)});
    CHECK(draftOf(moved).rule == "FREQ=WEEKLY;BYDAY=TU,MO;INTERVAL=2;WKST=TU;UNTIL=20270405T230000Z");
}

TEST_CASE("edit event: a series that begins later keeps what was said about each day, and says what was cut off") {
    auto event = dropOccurrence(onlyEvent(dailyWith("SUMMARY:x\n")), five(3));
    event = changeAtStation(event, droppedAt("tan-hue", five(1)));
    const auto [later, lost] = changeAll(event, starting("2027-03-02T05:00:00"));
    CHECK(starts(later) == Texts{clockOn(2, 5), clockOn(4, 5), clockOn(5, 5), clockOn(6, 5)});
    CHECK(lost == std::vector{five(1)});
    CHECK(later.stationOverrides.empty());
}

TEST_CASE("edit event: what a new rule has no occurrence for goes, and is named") {
    const auto [event, lost] = changeAll(daily(), ruled("FREQ=WEEKLY;BYDAY=MO,TU;COUNT=4"));
    CHECK(starts(event) == Texts{clockOn(1, 5), clockOn(2, 5), clockOn(8, 5), clockOn(9, 5)});
    CHECK(lost == std::vector{five(3), five(4)});
    CHECK(event.stationOverrides.size() == 1);
    const auto [once, all] = changeAll(daily(), ruled(""));
    CHECK(starts(once) == Texts{clockOn(1, 5)});
    CHECK(all == std::vector{five(2), five(3), five(4)});
    const auto [again, none] = changeAll(once, ruled("FREQ=DAILY;COUNT=2"));
    CHECK(none.empty());
    CHECK(starts(again).size() == 2);
}

TEST_CASE("edit event: an extra date at the hour of the series goes along, one at another hour stays") {
    const auto event =
        onlyEvent(dailyWith("SUMMARY:x\nRDATE:20270319T220000Z,20270320T100000Z\n"
                            "RDATE;VALUE=PERIOD:20270321T220000Z/PT1H\n"));
    const auto moved = changeAll(event, starting("2027-03-01T06:00:00")).event;
    CHECK(airtimes(moved, "2027-03-10T00:00:00Z") == Texts{clockOn(20, 6) + "/" + clockOn(20, 6, 15),
                                                           clockOn(20, 17) + "/" + clockOn(20, 17, 15),
                                                           clockOn(22, 6) + "/" + clockOn(22, 7)});
}

TEST_CASE("edit event: a start that is not on the rule is refused, unless the rule is changed with it") {
    const auto monthly =
        onlyEvent(calendarWith("SUMMARY:x\nDTSTART;TZID=Asia/Ho_Chi_Minh:20270301T050000\nDURATION:PT15M\n"
                               "RRULE:FREQ=MONTHLY;BYMONTHDAY=1,15;COUNT=4\n"));
    CHECK(codeOf([&] { changeAll(monthly, starting("2027-03-02T05:00:00")); }) == "start-not-in-rule");
    auto both = starting("2027-03-02T05:00:00");
    both.rule = "FREQ=MONTHLY;BYMONTHDAY=2,15;COUNT=4";
    CHECK(starts(changeAll(monthly, both).event).front() == clockOn(2, 5));
    CHECK(starts(changeAll(monthly, starting("2027-03-15T06:00:00")).event).front() == clockOn(15, 6));
    const auto allDay = onlyEvent(calendarWith("SUMMARY:x\nDTSTART;VALUE=DATE:20270430\n"));
    CHECK(codeOf([&] { changeAll(allDay, starting("2027-04-30T05:00:00")); }) == "all-day-start");
    CHECK(airtimes(changeAll(allDay, starting("2027-05-01T00:00:00")).event) ==
          Texts{"2027-04-30T17:00:00Z/2027-05-01T17:00:00Z"});
}

TEST_CASE("edit event: title, text, class, targets and media of all, with overrides that had the old ones") {
    auto event = onlyEvent(dailyWith("SUMMARY:Cũ\nDESCRIPTION:cũ\nX-LOA-CLASS:normal\n"));
    event = changeOccurrence(event, five(2), {{}, {}, five(2) + std::chrono::hours{1}, {}});
    event = changeOccurrence(event, five(3), {"Riêng", other, {}, {}});
    EventChange change = titled("Mới");
    change.description = "mới";
    change.source = std::optional<Source>{media};
    change.messageClass = MessageClass::priority;
    change.targets = std::vector<Target>{AreaId{"thanh-binh"}};
    const auto edited = changeAll(event, change).event;
    CHECK(edited.messageClass == MessageClass::priority);
    CHECK(edited.policy == defaultPolicy(MessageClass::priority));
    CHECK(edited.targets == *change.targets);
    CHECK(starts(edited) == starts(event));
    CHECK(readEvents(edited.icalendar).notices.empty());
    const auto all = expand(edited, {five(1), five(4)});
    REQUIRE(all.size() == 3);
    CHECK(all[1].title == "Mới");
    CHECK(all[1].source == Source{media});
    CHECK(all[2].title == "Riêng");
    CHECK(all[2].source == Source{other});
    CHECK(draftOf(edited).description == "mới");
    change = {};
    change.source = std::optional<Source>{};
    CHECK(!changeAll(edited, change).event.source);
}

TEST_CASE("edit event: a policy that was chosen stays when the class changes") {
    EventChange chosen;
    chosen.policy = AirPolicy{StartMode::hard, PreemptPolicy::drop, OverrunPolicy::finishCurrent, LateJoinPolicy::skip,
                              std::chrono::seconds{30}};
    auto event = changeAll(onlyEvent(dailyWith("SUMMARY:x\n")), chosen).event;
    CHECK(event.policy == *chosen.policy);
    EventChange priority;
    priority.messageClass = MessageClass::priority;
    event = changeAll(event, priority).event;
    CHECK(event.policy == *chosen.policy);
}

TEST_CASE("edit event: SEQUENCE goes up when what or when sounds changes, and only then") {
    const auto event = daily();
    CHECK(changeAll(event, {}).event == event);
    CHECK(changeAll(event, titled("Mới")).event.sequence == event.sequence);
    CHECK(changeAll(event, starting("2027-03-01T05:00:00")).event == event);
    CHECK(changeAll(event, ruled("freq=daily;count=5")).event == event);
    CHECK(changeAll(event, ruled("FREQ=DAILY;COUNT=4")).event.sequence == event.sequence + 1);
}

TEST_CASE("edit event: edits that can never air are refused") {
    const auto event = daily();
    EventChange change;
    change.duration = Milliseconds{0};
    CHECK(codeOf([&] { changeAll(event, change); }) == "no-duration");
    change.duration = std::chrono::days{400};
    CHECK(codeOf([&] { changeAll(event, change); }) == "too-long");
    CHECK(codeOf([&] { changeAll(event, titled(" \n ")); }) == "no-title");
    CHECK(codeOf([&] { changeAll(event, ruled("FREQ=SECONDLY")); }) == "rule-too-frequent");
    CHECK(codeOf([&] { changeAll(event, ruled("FREQ=DAILY\r\nX-A:1")); }) == "bad-rule");
    CHECK(codeOf([&] { changeOccurrence(event, five(1), {{}, {}, {}, Milliseconds{-1}}); }) == "no-duration");
    CHECK(codeOf([&] { changeOccurrence(event, five(1), {{}, MediaSource{MediaId{"x"}}, {}, {}}); }) == "bad-media");
}

TEST_CASE("edit event: one occurrence of a THISANDFUTURE override can be changed, also its first") {
    const auto event = onlyEvent(dailyWith(
        "SUMMARY:Cũ\nEND:VEVENT\nBEGIN:VEVENT\nUID:one@test\nRECURRENCE-ID;RANGE=THISANDFUTURE:20270302T220000Z\n"
        "SUMMARY:Sau\nDTSTART;TZID=Asia/Ho_Chi_Minh:20270303T070000\nDURATION:PT30M\n"));
    const auto renamed = changeOccurrence(event, five(3), {"Riêng", {}, {}, {}});
    CHECK(airtimes(renamed) == airtimes(event));
    CHECK(expand(renamed, {five(3), five(4)}).at(0).title == "Riêng");
    CHECK(expand(renamed, {five(4), five(5)}).at(0).title == "Sau");
    const auto dropped = dropOccurrence(event, five(3));
    CHECK(starts(dropped) == Texts{clockOn(1, 5), clockOn(2, 5), clockOn(4, 7), clockOn(5, 7)});
}

TEST_CASE("edit event: a draft comes back as it was filled in") {
    EventDraft draft;
    draft.id = EventId{"1022-001"};
    draft.title = "Tổng đài 1022";
    draft.facts = {MessageClass::priority, media, {AreaId{"thanh-binh"}}, {}, AreaId{"thanh-binh"}, {}};
    draft.start = local("2027-03-01T05:00:00");
    draft.duration = std::chrono::seconds{45};
    draft.rule = "FREQ=DAILY;COUNT=3";
    draft.description = "Kính mời bà con; gọi 1022\nXin cảm ơn";
    draft.stamp = at("2027-01-01T00:00:00Z");
    const auto again = draftOf(makeEvent(draft));
    CHECK(again.title == draft.title);
    CHECK(again.facts == draft.facts);
    CHECK(again.start == draft.start);
    CHECK(again.zone == draft.zone);
    CHECK(again.duration == draft.duration);
    CHECK(again.rule == draft.rule);
    CHECK(again.description == draft.description);
    CHECK(again.stamp == draft.stamp);
}
