#include "scheduler/calendar/read_events.h"

#include "tests/scheduler/calendar/sample.h"

using namespace loa;

namespace {

const std::string start = "SUMMARY:Tin\nDTSTART:20270301T050000Z\n";  // lines 5 and 6

ReadEvents read(const std::string& body) {
    return readEvents(calendarWith(start + body));
}

}  // namespace

TEST_CASE("read events: master and overrides of one UID are one event, in order of appearance") {
    const auto text =
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:b\nSUMMARY:B\nDTSTART:20270301T050000Z\nEND:VEVENT\nEND:VCALENDAR\n" +
        dailyWith(overrideOf("03") + "DTSTART:20270303T000000Z\n");
    const auto events = readEvents(text).events;
    REQUIRE(events.size() == 2);
    CHECK(events[0].id == EventId{"b"});
    CHECK(events[1].id == EventId{"one@test"});
    CHECK(expand(events[1], {at("2027-01-01T00:00:00Z"), at("2028-01-01T00:00:00Z")}).size() == 5);
}

TEST_CASE("read events: an override may come before its master") {
    const auto event = onlyEvent(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nRECURRENCE-ID:20270302T050000Z\nSUMMARY:Once\nDTSTART:20270302T060000Z\n"
        "END:VEVENT\nBEGIN:VEVENT\nUID:a\nSUMMARY:Series\nDTSTART:20270301T050000Z\nRRULE:FREQ=DAILY;COUNT=2\n"
        "END:VEVENT\nEND:VCALENDAR\n");
    CHECK(event.title == "Series");
    CHECK(starts(event) == Texts{"2027-03-01T05:00:00Z", "2027-03-02T06:00:00Z"});
}

TEST_CASE("read events: a byte order mark, LF, lower case and folds inside a character are fine") {
    const auto event = onlyEvent(
        "\xEF\xBB\xBF"
        "begin:vcalendar\nbegin:vevent\nuid:a\nsummary:B\xE1\xBA\n \xA3n tin\ndtstart:20270301T050000Z\n"
        "end:vevent\nend:vcalendar\n\n");
    CHECK(event.title == "Bản tin");
}

TEST_CASE("read events: titles are one composed line") {
    CHECK(read("").events[0].title == "Tin");
    CHECK(onlyEvent(calendarWith("SUMMARY:  Ba\xCC\x89n\\ntin\\, \\;x \nDTSTART:20270301T050000Z\n")).title ==
          "B\xE1\xBA\xA3n tin, ;x");
}

TEST_CASE("read events: a calendar's priority becomes a priority draft, with a notice") {
    for (const auto* level : {"1", "4"}) {
        const auto urgent = read("PRIORITY:" + std::string{level} + "\n");
        CHECK(urgent.events[0].messageClass == MessageClass::priority);
        CHECK(codesOf(urgent.notices) == Texts{"priority-draft@7"});
        CHECK(urgent.notices[0].event == EventId{"one@test"});
    }
    for (const auto* level : {"0", "5", "9"})
        CHECK(read("PRIORITY:" + std::string{level} + "\n").events[0].messageClass == MessageClass::normal);
    CHECK(read("PRIORITY:1\nX-LOA-CLASS:normal\n").events[0].messageClass == MessageClass::normal);
    CHECK(read("PRIORITY:5\nX-LOA-CLASS:priority\n").events[0].messageClass == MessageClass::priority);
    CHECK(refusalOf(calendarWith(start + "PRIORITY:10\n")) == "bad-number@7");
}

TEST_CASE("read events: CONFIRMED is no approval, an alarm does not sound, an invitation is only read") {
    const auto confirmed = read("STATUS:CONFIRMED\nBEGIN:VALARM\nTRIGGER:-PT5M\nEND:VALARM\n");
    CHECK(codesOf(confirmed.notices) == Texts{"not-approved@7", "alarm-ignored@8"});
    CHECK(confirmed.events[0].icalendar.find("STATUS:TENTATIVE") != std::string::npos);
    const auto invited = readEvents("BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VTODO\nEND:VTODO\nEND:VCALENDAR\n");
    CHECK(codesOf(invited.notices) == Texts{"method-ignored@2", "component-ignored@3", "no-events@0"});
    CHECK(readEvents("BEGIN:VCALENDAR\nMETHOD:PUBLISH\nEND:VCALENDAR\n").notices.size() == 1);
}

TEST_CASE("read events: media is what our own URN or address names") {
    const std::string media(64, 'a');
    const auto source = std::optional<Source>{MediaSource{MediaId{media}}};
    CHECK(read("ATTACH:urn:loa:media:" + media + "\n").events[0].source == source);
    CHECK(read("ATTACH;FMTTYPE=audio/ogg:urn:loa:media:" + std::string(64, 'A') + "\n").events[0].source == source);
    CHECK(read("ATTACH:https://loa.example:8443/v1/media/" + media + "\n").events[0].source == source);
    for (const auto* elsewhere :
         {"https://example.vn/a.mp3", "http://loa.example/v1/media/", "file:///etc/passwd", "cid:1"}) {
        const auto unused = read("ATTACH:" + std::string{elsewhere} + "\n");
        CHECK(!unused.events[0].source);
        CHECK(codesOf(unused.notices) == Texts{"attachment-unused@7"});
    }
}

TEST_CASE("read events: attachments that cannot be right are refused") {
    const std::string media(64, 'a');
    const auto refused = [](const std::string& line) { return refusalOf(calendarWith(start + line)); };
    CHECK(refused("ATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA\n") == "inline-attachment@7");
    CHECK(refused("ATTACH:data:audio/ogg;base64,AAAA\n") == "inline-attachment@7");
    CHECK(refused("ATTACH:urn:loa:media:abc\n") == "bad-media@7");
    CHECK(refused("ATTACH:urn:loa:media:" + std::string(64, 'g') + "\n") == "bad-media@7");
    CHECK(refused("ATTACH:urn:loa:media:" + media + "\nATTACH:urn:loa:media:" + std::string(64, 'b') + "\n") ==
          "two-media@8");
}

TEST_CASE("read events: targets are stations and areas, each once") {
    const auto events = read(
                            "ATTENDEE;CUTYPE=RESOURCE;CN=\"An Phong: loa "
                            "1\":urn:loa:station:an-phong\nATTENDEE:urn:loa:area:thanh-binh\n"
                            "ATTENDEE:URN:LOA:station:an-phong\nATTENDEE:mailto:lan@example.vn\n")
                            .events;
    CHECK(events[0].targets == std::vector<Target>{StationId{"an-phong"}, AreaId{"thanh-binh"}});
    for (const auto* wrong :
         {"urn:loa:station:", "urn:loa:", "urn:loa:a", "urn:loa:place:x", "urn:loa:station:a/b", "urn:loa:area:-x"}) {
        CAPTURE(wrong);
        CHECK(refusalOf(calendarWith(start + "ATTENDEE:" + wrong + "\n")) == "bad-target@7");
    }
}

TEST_CASE("read events: policies are read from our own properties, and nothing else is guessed") {
    const AirPolicy policy{StartMode::hard, PreemptPolicy::drop, OverrunPolicy::finishCurrent, LateJoinPolicy::skip,
                           std::chrono::seconds{600}};
    CHECK(read("X-LOA-START:hard\nX-LOA-PREEMPT:drop\nX-LOA-OVERRUN:finishCurrent\nX-LOA-LATE-JOIN:skip\nX-LOA-GRACE:"
               "600\n")
              .events[0]
              .policy == policy);
    CHECK(read("").events[0].policy == defaultPolicy(MessageClass::normal));
    CHECK(read("X-LOA-CLASS:priority\n").events[0].policy == defaultPolicy(MessageClass::priority));
    for (const auto* wrong :
         {"X-LOA-CLASS:emergency", "X-LOA-START:", "X-LOA-PREEMPT:", "X-LOA-OVERRUN:hardend", "X-LOA-LATE-JOIN:maybe"})
        CHECK(refusalOf(calendarWith(start + wrong + "\n")) == "bad-loa-value@7");
    CHECK(refusalOf(calendarWith(start + "X-LOA-GRACE:601\n")) == "bad-number@7");
    CHECK(codesOf(read("X-LOA-GRACEE:60\n").notices) == Texts{"unknown-property@7"});
}

TEST_CASE("read events: an override that wants other targets is told that the series decides") {
    const auto facts = readEvents(dailyWith("ATTENDEE:urn:loa:station:a\n" + overrideOf("03") +
                                            "DTSTART:20270303T000000Z\nATTENDEE:urn:loa:station:b\n"));
    CHECK(codesOf(facts.notices) == Texts{"override-facts-ignored@12", "no-title@3"});
    CHECK(readEvents(
              dailyWith("SUMMARY:x\nATTENDEE:urn:loa:station:a\n" + overrideOf("03") + "DTSTART:20270303T000000Z\n"))
              .notices.empty());
}

TEST_CASE("read events: an unknown TZID is taken where its VTIMEZONE is one plain offset or names a known zone") {
    const auto zoned = [](const std::string& definition) {
        return "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Our time\n" + definition +
               "END:VTIMEZONE\nBEGIN:VEVENT\nUID:a\nSUMMARY:x\nDTSTART;TZID=Our "
               "time:20270301T050000\nEND:VEVENT\nEND:VCALENDAR\n";
    };
    const auto standard = [](const std::string& offset) {
        return "BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETTO:" + offset + "\nEND:STANDARD\n";
    };
    CHECK(starts(onlyEvent(zoned(standard("+0700")))) == Texts{"2027-02-28T22:00:00Z"});
    CHECK(starts(onlyEvent(zoned(standard("-0300")))) == Texts{"2027-03-01T08:00:00Z"});
    CHECK(starts(onlyEvent(zoned("X-LIC-LOCATION:Europe/Berlin\n" + standard("+0100") + standard("+0200")))) ==
          Texts{"2027-03-01T04:00:00Z"});
    CHECK(refusalOf(zoned(standard("+0100") + standard("+0200"))) == "unknown-zone@16");
    CHECK(refusalOf(zoned(standard("+0545"))) == "unknown-zone@12");
    CHECK(refusalOf(zoned("")) == "unknown-zone@8");
}

TEST_CASE("read events: a known zone's name wins over what the file says about it") {
    const auto event = onlyEvent(
        "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Asia/Ho_Chi_Minh\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
        "RRULE:FREQ=SECONDLY\nTZOFFSETTO:+0900\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nUID:a\nSUMMARY:x\n"
        "DTSTART;X-MORE=1;TZID=Asia/Ho_Chi_Minh:20270301T050000\nEND:VEVENT\nEND:VCALENDAR\n");
    CHECK(starts(event) == Texts{"2027-02-28T22:00:00Z"});
}

TEST_CASE("read each event: one that is refused stops no other, and says why and on which line") {
    auto text = dailyWith("SUMMARY:Tốt\n");
    text.insert(text.find("END:VCALENDAR"),
                "BEGIN:VEVENT\nUID:two@test\nSUMMARY:Hỏng\nDTSTART:20270230T000000Z\nEND:VEVENT\n");
    const auto read = readEachEvent(text);
    REQUIRE(read.events.size() == 2);
    CHECK(std::get<Event>(read.events[0].outcome) == onlyEvent(dailyWith("SUMMARY:Tốt\n")));
    CHECK(read.events[1].id == EventId{"two@test"});
    CHECK(read.events[1].title == "Hỏng");
    CHECK(read.events[1].line == 10);
    const auto& refusal = std::get<Error>(read.events[1].outcome);
    CHECK(refusal.code() == "impossible-date");
    CHECK(refusal.line() == 13);
    CHECK(refusalOf(text) == "impossible-date@13");
    CHECK_THROWS_AS(readEachEvent("hello"), Error);
}
