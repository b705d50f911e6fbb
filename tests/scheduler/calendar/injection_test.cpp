// F87: whatever stands in a title, a description or a line of another program, one value in is one value out. With
// LOA_FUZZ_COUNT more cases; the seed is in the failure.
#include <doctest/doctest.h>

#include <cstdlib>
#include <random>
#include <set>

#include "scheduler/calendar/read_events.h"
#include "scheduler/calendar/write_events.h"

using namespace loa;

namespace {

const std::vector<std::string> pieces{"\r\n",
                                      "\n",
                                      "\r",
                                      "\r\n ",
                                      "\n\t",
                                      "\\n",
                                      "\\",
                                      ";",
                                      ":",
                                      ",",
                                      "\"",
                                      "^n",
                                      "=",
                                      "BEGIN:VEVENT",
                                      "END:VEVENT",
                                      "RRULE:FREQ=HOURLY",
                                      "X-LOA-CLASS:priority",
                                      "ATTACH:urn:loa:media:",
                                      "ATTENDEE;CUTYPE=RESOURCE:urn:loa:area:x",
                                      "DTSTART:20300101T000000Z",
                                      "STATUS:CANCELLED",
                                      "END:VCALENDAR",
                                      "\xE2\x80\xA8",
                                      "\xE2\x80\xA9",
                                      "\xC2\x85",
                                      "\x01",
                                      "\x7F",
                                      "\x0B",
                                      "Tổng đài 1022",
                                      "e\xCC\x82\xCC\xA3",
                                      "\xF0\x9F\x93\xA2",
                                      std::string(80, 'x')};

std::string hostileText(std::mt19937& random) {
    std::uniform_int_distribution<std::size_t> piece{0, pieces.size() - 1};
    std::string text = "Tin";
    for (int count = std::uniform_int_distribution<>{1, 8}(random); count > 0; --count) text += pieces[piece(random)];
    return text;
}

EventDraft draft() {
    EventDraft plain;
    plain.id = EventId{"f87@loa"};
    plain.title = "Tin";
    plain.facts.source = MediaSource{MediaId{std::string(64, 'a')}};
    plain.facts.targets = {StationId{"tan-hue"}};
    plain.start = parseLocalTime("2027-03-02T05:00:00").value();
    plain.duration = std::chrono::seconds{40};
    plain.rule = "FREQ=DAILY;COUNT=3";
    return plain;
}

/// The names of the properties and components of a text, each as often as it stands there.
std::multiset<std::string> namesIn(const std::string& text) {
    std::multiset<std::string> names;
    for (std::size_t from = 0; from < text.size();) {
        const auto end = text.find("\r\n", from);
        const auto line = text.substr(from, end - from);
        if (!line.empty() && line[0] != ' ')
            names.insert(line.starts_with("BEGIN:") || line.starts_with("END:")
                             ? line
                             : line.substr(0, line.find_first_of(":;")));
        from = end == std::string::npos ? text.size() : end + 2;
    }
    return names;
}

/// The same with a note of another program, which Loa keeps as it came.
std::string withNote(const std::string& calendar, const std::string& value) {
    std::string text = calendar;
    text.insert(text.find("END:VEVENT"), "X-NOTE;X-BY=\"a;b:c\":" + value + "\r\n");
    return text;
}

}  // namespace

TEST_CASE("F87 write events: nothing that stands in a value becomes a property, a parameter or a component") {
    const char* wanted = std::getenv("LOA_FUZZ_COUNT");
    const int count = wanted ? std::atoi(wanted) : 1'000;
    auto described = draft();
    described.description = "Tin";
    const auto names = namesIn(makeEvent(described).icalendar);
    for (int seed = 0; seed < count; ++seed) {
        CAPTURE(seed);
        std::mt19937 random{static_cast<std::mt19937::result_type>(seed)};
        auto hostile = described;
        hostile.title = hostileText(random);
        hostile.description = hostileText(random);
        const auto event = makeEvent(hostile);
        REQUIRE(namesIn(event.icalendar) == names);
        const auto again = readEvents(event.icalendar).events;
        REQUIRE(again.size() == 1);
        REQUIRE(again[0] == event);
        REQUIRE(event.messageClass == MessageClass::normal);
        REQUIRE(event.title.find_first_of("\r\n") == std::string::npos);
        const auto renamed = withTitle(makeEvent(draft()), hostileText(random));
        REQUIRE(readEvents(renamed.icalendar).events.front() == renamed);
    }
}

TEST_CASE("F87 read events: a value of another program goes out as it came in, folded anywhere") {
    const std::string plain = makeEvent(draft()).icalendar;
    const std::string value = "a\\, b\\; c\\\\ d\\n e " + std::string(150, 'y');
    for (std::size_t at = 0; at < value.size(); ++at) {
        CAPTURE(at);
        const auto folded = value.substr(0, at) + "\r\n " + value.substr(at);
        const auto event = readEvents(withNote(plain, folded)).events.front();
        REQUIRE(event.icalendar == readEvents(withNote(plain, value)).events.front().icalendar);
    }
}
