#include "scheduler/calendar/write_events.h"

#include "tests/scheduler/calendar/sample.h"

using namespace loa;

namespace {

EventDraft draft() {
    EventDraft draft;
    draft.id = EventId{"1022-001"};
    draft.title = "Tổng đài 1022";
    draft.facts = {MessageClass::priority,
                   MediaSource{MediaId{std::string(64, 'a')}},
                   {AreaId{"thanh-binh"}, StationId{"an-phong"}},
                   {StartMode::soft, PreemptPolicy::drop, OverrunPolicy::finishCurrent, LateJoinPolicy::skip,
                    std::chrono::seconds{120}}};
    draft.start = parseLocalTime("2027-03-01T05:00:00").value();
    draft.duration = Milliseconds{45'500};
    draft.rule = "freq=daily;count=3";
    draft.description = "Kính mời bà con gọi 1022; miễn phí, 24/7\nXin cảm ơn";
    return draft;
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (auto from = text.find(part); from != std::string::npos; from = text.find(part, from + 1)) ++found;
    return found;
}

std::string unfolded(std::string text) {
    for (auto fold = text.find("\r\n "); fold != std::string::npos; fold = text.find("\r\n ")) text.erase(fold, 3);
    return text;
}

std::string codeOf(const EventDraft& refused) {
    try {
        makeEvent(refused);
    } catch (const Error& error) {
        CHECK(error.line() == 0);
        return error.code();
    }
    return "made";
}

}  // namespace

TEST_CASE("write events: a draft becomes an event that airs when it says, with the facts it says") {
    const auto event = makeEvent(draft());
    CHECK(event.id == EventId{"1022-001"});
    CHECK(event.title == "Tổng đài 1022");
    CHECK(event.messageClass == MessageClass::priority);
    CHECK(event.source == draft().facts.source);
    CHECK(event.targets == draft().facts.targets);
    CHECK(event.policy == draft().facts.policy);
    CHECK(airtimes(event) == Texts{"2027-02-28T22:00:00Z/2027-02-28T22:00:46Z",
                                   "2027-03-01T22:00:00Z/2027-03-01T22:00:46Z",
                                   "2027-03-02T22:00:00Z/2027-03-02T22:00:46Z"});
}

TEST_CASE("write events: the text is plain iCalendar that other programs know") {
    auto windows = draft();
    windows.description = "Kính mời bà con gọi 1022; miễn phí, 24/7\r\nXin cảm ơn";
    const auto text = unfolded(makeEvent(windows).icalendar);
    for (const std::string line :
         {"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "PRODID:-//Loa//Loa//VI\r\n", "TZID:Asia/Ho_Chi_Minh\r\n",
          "DTSTART;TZID=Asia/Ho_Chi_Minh:20270301T050000\r\n", "RRULE:FREQ=DAILY;COUNT=3\r\n", "PRIORITY:3\r\n",
          "X-LOA-GRACE:120\r\n", "ATTACH;FMTTYPE=audio/ogg:urn:loa:media:", "ORGANIZER;SCHEDULE-AGENT=NONE;CN=Loa:",
          "DTSTAMP:19700101T000000Z\r\n",
          "BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0700\r\nTZOFFSETTO:+0700\r\nEND:STANDARD\r\nEND:"
          "VTIMEZONE\r\n",
          "gọi 1022\\; miễn phí\\, 24/7\\nXin cảm ơn"}) {
        CAPTURE(line);
        CHECK(count(text, line) == 1);
    }
    CHECK(count(text, "ATTENDEE;CUTYPE=RESOURCE") == 2);
    CHECK(count(text, "\n") == count(text, "\r\n"));
}

TEST_CASE("write events: no line is over 75 octets, and none ends inside a character") {
    auto longest = draft();
    longest.title = "";
    for (int word = 0; word < 40; ++word) longest.title += "Nguyễn";
    const auto event = makeEvent(longest);
    std::size_t from = 0;
    for (auto end = event.icalendar.find("\r\n"); end != std::string::npos; end = event.icalendar.find("\r\n", from)) {
        CHECK(end - from <= 75);
        const bool insideCharacter = (static_cast<unsigned char>(event.icalendar[end + 3]) & 0xC0) == 0x80;
        CHECK((event.icalendar[end + 2] != ' ' || !insideCharacter));
        from = end + 2;
        if (from == event.icalendar.size()) break;
    }
    CHECK(onlyEvent(event.icalendar).title == longest.title);
}

TEST_CASE("write events: line breaks and separators in a value stay one value") {
    for (const auto* attack : {"a\r\nX-LOA-CLASS:priority", "a\nDTSTART:20300101T000000Z", "a\rEND:VEVENT",
                               "a\\nRRULE:FREQ=HOURLY", "a\x01\x7F;b,c\\d\"e:f", "a\xE2\x80\xA8STATUS:CANCELLED"}) {
        CAPTURE(attack);
        auto hostile = draft();
        hostile.facts.messageClass = MessageClass::normal;
        hostile.title = attack;
        hostile.description = attack;
        const auto event = makeEvent(hostile);
        const auto again = readEvents(writeEvents(std::vector{event})).events;
        REQUIRE(again.size() == 1);
        CHECK(again[0] == event);
        CHECK(again[0].messageClass == MessageClass::normal);
        CHECK(again[0].title.find('\n') == std::string::npos);
        CHECK(starts(again[0]).size() == 3);
        const auto renamed = withTitle(makeEvent(draft()), attack);
        CHECK(renamed.title == event.title);
        CHECK(onlyEvent(renamed.icalendar) == renamed);
    }
}

TEST_CASE("write events: an attack through any other part of a draft is refused") {
    auto id = draft();
    id.id = EventId{"a\r\nRRULE:FREQ=DAILY"};
    CHECK(codeOf(id) == "bad-uid");
    auto zone = draft();
    zone.zone = "Asia/Ho_Chi_Minh\r\nX-A";
    CHECK(codeOf(zone) == "unknown-zone");
    auto rule = draft();
    rule.rule = "FREQ=DAILY;UNTIL=20270305T000000Z\r\nATTACH:urn:loa:media:x";
    CHECK(codeOf(rule) == "bad-date");
    auto target = draft();
    target.facts.targets = {StationId{"a\r\nSTATUS:CANCELLED"}};
    CHECK(codeOf(target) == "bad-target");
    auto media = draft();
    media.facts.source = MediaSource{MediaId{"../x"}};
    CHECK(codeOf(media) == "bad-media");
}

TEST_CASE("write events: drafts that can never air are refused") {
    auto noTitle = draft();
    noTitle.title = " \n ";
    CHECK(codeOf(noTitle) == "no-title");
    auto noLength = draft();
    noLength.duration = Milliseconds{0};
    CHECK(codeOf(noLength) == "no-duration");
    auto noId = draft();
    noId.id = EventId{""};
    CHECK(codeOf(noId) == "no-uid");
    auto bomb = draft();
    bomb.rule = "FREQ=SECONDLY";
    CHECK(codeOf(bomb) == "rule-too-frequent");
    auto grace = draft();
    grace.facts.policy.grace = std::chrono::seconds{601};
    CHECK(codeOf(grace) == "bad-number");
}

TEST_CASE("write events: what other programs put in an event survives") {
    const std::string foreign =
        "SUMMARY:Bản tin\nX-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE=\"Xã A; "
        "B\":geo:10.5,105.3\nCATEGORIES:a,b\\,c\n"
        "X-LIST:one,two;three\nX-WHEN;TZID=Their "
        "time:tomorrow\nDESCRIPTION:\nSTYLED-DESCRIPTION;VALUE=TEXT:<b>x</b>\nATTENDEE;CN=\"Lan, "
        "Hoa\":mailto:lan@example.vn\n"
        "ATTACH:https://example.vn/"
        "a.mp3\nBEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT5M\nDESCRIPTION:Nhắc\nX-MORE:1,2\nEND:VALARM\n";
    const auto event = withTitle(onlyEvent(dailyWith(foreign)), "Khác");
    for (const std::string line :
         {"X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE=\"Xã A; B\":geo:10.5,105.3", "CATEGORIES:a,b\\,c",
          "X-LIST:one,two;three", "X-WHEN;TZID=Their time:tomorrow", "DESCRIPTION:\r\n",
          "STYLED-DESCRIPTION;VALUE=TEXT:<b>x</b>", "ATTENDEE;CN=\"Lan, Hoa\":mailto:lan@example.vn",
          "ATTACH:https://example.vn/a.mp3", "TRIGGER:-PT5M", "X-MORE:1,2", "SUMMARY:Khác"}) {
        CAPTURE(line);
        CHECK(count(unfolded(event.icalendar), line) == 1);
    }
}

TEST_CASE("write events: floating times, foreign zone names and local UNTILs are settled once and for all") {
    const auto event =
        onlyEvent(calendarWith("DTSTART:20270301T050000\nDTEND;TZID=SE Asia Standard Time:20270301T053000\n"
                               "RRULE:freq=daily;until=20270302T050000\nEXDATE:20270305T050000\n"));
    CHECK(count(event.icalendar, "DTSTART;TZID=Asia/Ho_Chi_Minh:20270301T050000\r\n") == 1);
    CHECK(count(event.icalendar, "DTEND;TZID=Asia/Ho_Chi_Minh:20270301T053000\r\n") == 1);
    CHECK(count(event.icalendar, "RRULE:FREQ=DAILY;UNTIL=20270301T220000Z\r\n") == 1);
    CHECK(count(event.icalendar, "EXDATE;TZID=Asia/Ho_Chi_Minh:20270305T050000\r\n") == 1);
    CHECK(count(event.icalendar, "BEGIN:VTIMEZONE") == 1);
    CHECK(readEvents(event.icalendar, {"America/New_York"}).events == std::vector{event});
}

TEST_CASE("write events: zones with summer time are described with their changes") {
    const auto event = onlyEvent(calendarWith("DTSTART;TZID=Europe/Berlin:20270326T050000\n"));
    CHECK(count(event.icalendar,
                "BEGIN:DAYLIGHT\r\nDTSTART:20270328T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRDATE:"
                "20270328T020000\r\nRDATE:20280326T020000\r\n") == 1);
    CHECK(count(event.icalendar,
                "BEGIN:STANDARD\r\nDTSTART:20271031T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n") == 1);
}

TEST_CASE("write events: many events share one calendar, each zone described once") {
    auto other = draft();
    other.id = EventId{"1022-002"};
    const std::vector events{makeEvent(draft()), makeEvent(other)};
    const auto text = writeEvents(events);
    CHECK(count(text, "BEGIN:VCALENDAR") == 1);
    CHECK(count(text, "BEGIN:VTIMEZONE") == 1);
    CHECK(readEvents(text).events == events);
    CHECK(writeEvents({}) == "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Loa//Loa//VI\r\nEND:VCALENDAR\r\n");
}

TEST_CASE("write events: a new title is taken by the overrides that had the old one") {
    const auto event =
        onlyEvent(dailyWith("SUMMARY:Cũ\n" + overrideOf("02") + "SUMMARY:Cũ\nDTSTART:20270301T230000Z\n" +
                            overrideOf("03") + "SUMMARY:Riêng\nDTSTART:20270302T230000Z\n"));
    Texts titles;
    for (const auto& occurrence :
         expand(withTitle(event, "Mới"), {at("2027-02-28T00:00:00Z"), at("2027-03-03T12:00:00Z")}))
        titles.push_back(occurrence.title);
    CHECK(titles == Texts{"Mới", "Mới", "Riêng"});
}

TEST_CASE("write events: new facts replace the old ones and leave other programs' lines alone") {
    const auto event = onlyEvent(
        dailyWith("PRIORITY:2\nATTACH:https://loa.example/v1/media/" + std::string(64, 'a') +
                  "\nATTACH:https://example.vn/b.mp3\nATTENDEE:urn:loa:station:old\nATTENDEE:mailto:lan@example.vn\n"));
    const AiringFacts facts{MessageClass::normal, MediaSource{MediaId{std::string(64, 'b')}}, {StationId{"new"}}, {}};
    const auto changed = withFacts(event, facts);
    const auto again = onlyEvent(changed.icalendar);
    CHECK(again == changed);
    CHECK(again.messageClass == facts.messageClass);
    CHECK(again.source == facts.source);
    CHECK(again.targets == facts.targets);
    CHECK(count(changed.icalendar, "b.mp3") == 1);
    CHECK(count(changed.icalendar, "mailto:lan@example.vn") == 1);
    CHECK(count(changed.icalendar, "station:old") == 0);
}

TEST_CASE("write events: new facts leave an override alone that has its own media") {
    const std::string own(64, 'c');
    const auto event =
        onlyEvent(dailyWith(overrideOf("02") + "DTSTART:20270301T220000Z\nATTACH:urn:loa:media:" + own + "\n"));
    const MediaSource media{MediaId{std::string(64, 'b')}};
    const auto changed = withFacts(event, {MessageClass::normal, media, {StationId{"new"}}, {}});
    const auto all = expand(changed, {at("2027-02-28T00:00:00Z"), at("2027-03-02T00:00:00Z")});
    REQUIRE(all.size() == 2);
    CHECK(all[0].source == Source{media});
    CHECK(all[1].source == Source{MediaSource{MediaId{own}}});
}

TEST_CASE("write events: a zone is described from its earliest use on") {
    auto early = draft();
    early.zone = "Europe/Berlin";
    auto late = early;
    late.id = EventId{"1022-002"};
    late.start = parseLocalTime("2030-03-01T05:00:00").value();
    CHECK(count(writeEvents(std::vector{makeEvent(late), makeEvent(early)}), "DAYLIGHT\r\nDTSTART:20270328T020000") ==
          1);
}
