#include "scheduler/operations/save_events.h"

#include <doctest/doctest.h>

#include "scheduler/operations/edit_event.h"
#include "scheduler/operations/save_airtime.h"
#include "scheduler/storage/event_repository.h"
#include "tests/support/test_office.h"

using namespace loa;
using namespace loa::test;

namespace {

constexpr const char* once = "DTSTART:20270301T220000Z\r\n";

std::string codeOf(const auto& act) {
    try {
        act();
    } catch (const Error& error) {
        return error.code();
    }
    return "accepted";
}

std::size_t storedCount(TestOffice& office) {
    return office.database.read([](ReadTransaction& transaction) { return EventRepository::all(transaction).size(); });
}

}  // namespace

TEST_CASE("import events: media and targets must be there, and then nothing of the file is kept") {
    TestOffice office;
    auto both = TestOffice::calendar("good", once);
    const auto import = [&](const std::string& text) {
        return codeOf([&] { importEvents(office.scheduler, text, {}); });
    };
    CHECK(import(both) == "unknown-media");
    office.addMedia('a', 31);
    CHECK(import(TestOffice::calendar("bad", once, "urn:loa:station:nowhere")) == "unknown-target");
    auto bad = TestOffice::calendar("bad", once, "urn:loa:area:nowhere");
    both.insert(both.find("END:VCALENDAR"),
                bad.substr(bad.find("BEGIN:VEVENT"), bad.find("END:VCALENDAR") - bad.find("BEGIN:VEVENT")));
    CHECK(import(both) == "unknown-target");
    CHECK(storedCount(office) == 0);
}

TEST_CASE("import events: an older SEQUENCE does not overwrite; a repeated import changes nothing") {
    TestOffice office;
    office.addMedia('a', 31);
    const auto newer = TestOffice::calendar("e", std::string{once} + "SEQUENCE:3\r\n");
    importEvents(office.scheduler, newer, {});
    const auto revision = office.manifest("tan-hue").revision;
    importEvents(office.scheduler, newer, {});
    CHECK(office.manifest("tan-hue").revision == revision);
    CHECK(codeOf([&] {
              importEvents(office.scheduler, TestOffice::calendar("e", std::string{once} + "SEQUENCE:2\r\n"), {});
          }) == "older-sequence");
}

TEST_CASE(
    "import events: defaults fill in for a calendar of another program, and without them it says that it is silent") {
    TestOffice office;
    const auto media = office.addMedia('a', 31);
    const std::string plain =
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//other//EN\r\nBEGIN:VEVENT\r\nUID:p\r\n"
        "DTSTAMP:20270101T000000Z\r\nSUMMARY:Họp ấp\r\nDTSTART:20270301T220000Z\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n";
    const auto silent = importEvents(office.scheduler, plain, {});
    REQUIRE_FALSE(silent.notices.empty());
    CHECK(silent.notices.back().words.en.find("will not air") != std::string::npos);
    CHECK(office.manifest("tan-hue").slots.empty());

    importEvents(office.scheduler, plain, {media.id, Target{StationId{"tan-hue"}}});
    CHECK(office.manifest("tan-hue").slots.size() == 1);
    CHECK(office.manifest("an-phong").slots.empty());
}

TEST_CASE("replace event: only the event of the address, and only as it was read") {
    TestOffice office;
    office.addMedia('a', 31);
    const auto text = TestOffice::calendar("e", once);
    const auto imported = importEvents(office.scheduler, text, {});
    const auto tag = eventTag(imported.events.front().event);
    const auto replace = [&](const std::string& body, const std::optional<std::string>& expected) {
        return codeOf([&] { replaceEvent(office.scheduler, EventId{"e"}, body, expected); });
    };
    CHECK(replace(TestOffice::calendar("other", once), std::nullopt) == "other-event");
    CHECK(replace(text, "stale") == "changed-meanwhile");
    CHECK(replace(TestOffice::calendar("e", "DTSTART:20270302T220000Z\r\n"), tag) == "accepted");
    CHECK(replace(text, tag) == "changed-meanwhile");
    CHECK(office.manifest("tan-hue").slots.front().at.start == at("2027-03-02T22:00:00Z"));
}

TEST_CASE("extend occurrences: an endless rule goes on airing after the horizon it was saved with") {
    TestOffice office;
    office.addMedia('a', 31);
    importEvents(office.scheduler,
                 TestOffice::calendar("e", "DTSTART;TZID=Asia/Ho_Chi_Minh:20270301T050000\r\nRRULE:FREQ=DAILY\r\n"),
                 {});
    office.clock.set(at("2028-06-01T10:00:00Z"));
    CHECK(office.manifest("tan-hue").slots.empty());
    extendOccurrences(office.scheduler);
    CHECK(office.manifest("tan-hue").slots.size() >= 35);
}

TEST_CASE("save area: a decomposed name is kept composed, so that the same word is found however it was typed") {
    TestOffice office;
    const auto saved =
        saveArea(office.scheduler, {AreaId{"x"}, "xa\xCC\x83 Ta\xCC\x82n", std::nullopt, std::nullopt, std::nullopt});
    CHECK(saved.name == "xã Tân");
}

namespace {

std::string priority(const std::string& uid, const std::string& lines, const std::string& target) {
    return TestOffice::calendar(uid, lines + "X-LOA-CLASS:priority\r\n", target);
}

constexpr const char* daily = "DTSTART;TZID=Asia/Ho_Chi_Minh:20270302T050000\r\nRRULE:FREQ=DAILY\r\n";

}  // namespace

TEST_CASE("save events: the answer says at once what collides, how often and where, and who gives way") {
    TestOffice office;
    office.addMedia('a', 31);
    importEvents(office.scheduler, TestOffice::calendar("old", daily, "urn:loa:station:tan-hue"), {});
    const auto saved = importEvents(office.scheduler, priority("new", daily, "urn:loa:area:thanh-binh"), {});
    REQUIRE(saved.events.size() == 1);
    REQUIRE(saved.events[0].clashes.size() == 1);
    const Clash& clash = saved.events[0].clashes[0];
    CHECK(clash.other == EventId{"old"});
    CHECK(clash.outcome == ClashOutcome::stays);
    CHECK(clash.stations == std::vector{StationId{"tan-hue"}});
    CHECK(clash.meetings >= 398);
    CHECK(clash.first.at.start == at("2027-03-01T22:00:00Z"));
}

TEST_CASE("save events: a preview tells the same and keeps nothing") {
    TestOffice office;
    office.addMedia('a', 31);
    importEvents(office.scheduler, TestOffice::calendar("old", daily), {});
    const auto text = priority("new", daily, "urn:loa:area:thanh-binh");
    const auto preview = importEvents(office.scheduler, text, {}, Keep::no);
    CHECK(preview.events.at(0).clashes.size() == 1);
    CHECK(storedCount(office) == 1);
    CHECK(office.manifest("tan-hue").slots.at(0).event == EventId{"old"});
}

TEST_CASE("save events: an override's own media and a station's own must be there too") {
    TestOffice office;
    office.addMedia('a', 31);
    auto text = TestOffice::calendar("e", daily);
    const std::string unknown =
        "BEGIN:VEVENT\r\nUID:e\r\nDTSTAMP:20270101T000000Z\r\nRECURRENCE-ID:20270302T220000Z\r\n"
        "DTSTART:20270302T220000Z\r\nATTACH:urn:loa:media:" +
        std::string(64, 'd') + "\r\nEND:VEVENT\r\n";
    text.insert(text.find("END:VCALENDAR"), unknown);
    CHECK(codeOf([&] { importEvents(office.scheduler, text, {}); }) == "unknown-media");
}

TEST_CASE("extend occurrences: an event that cannot be expanded stops no other") {
    TestOffice office;
    office.addMedia('a', 31);
    importEvents(office.scheduler, TestOffice::calendar("good", daily), {});
    auto broken = office.database.read(
        [](ReadTransaction& transaction) { return EventRepository::find(transaction, EventId{"good"})->event; });
    broken.id = EventId{"broken"};
    broken.icalendar = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n";
    office.database.write(
        [&](WriteTransaction& transaction) { EventRepository::save(transaction, broken, office.clock.now()); });
    office.clock.set(at("2028-06-01T10:00:00Z"));
    const auto faults = extendOccurrences(office.scheduler);
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].starts_with("broken: "));
    removeEvent(office.scheduler, broken.id);
    CHECK(office.manifest("tan-hue").slots.size() >= 35);
}

namespace {

/// Nothing but orders sounds from 21:30 to 04:30, in the district or in one commune.
void beQuietAtNight(TestOffice& office, const std::string& area) {
    Airtime rules;
    rules.area = AreaId{area};
    rules.quietHours = {{"giờ ngủ", Weekdays::all(), std::chrono::minutes{21 * 60 + 30}, std::chrono::hours{7}}};
    saveAirtime(office.scheduler, rules.area, {rules});
}

constexpr const char* eachDay = "RRULE:FREQ=DAILY\r\n";

}  // namespace

TEST_CASE("F34 save events: a routine announcement at 03:00 is refused where it is entered, however it got there") {
    TestOffice office;
    office.addMedia('a', 31);
    beQuietAtNight(office, "thanh-binh");
    const auto import = [&](const std::string& start) {
        return codeOf([&] { importEvents(office.scheduler, TestOffice::calendar("e", start + eachDay), {}); });
    };
    CHECK(import("DTSTART;TZID=Asia/Ho_Chi_Minh:20270302T030000\r\n") == "quiet-hours");
    CHECK(import("DTSTART:20270301T200000Z\r\n") == "quiet-hours");                    // 03:00 in Vietnam
    CHECK(import("DTSTART;TZID=Europe/Berlin:20270301T213000\r\n") == "quiet-hours");  // 03:30, then 02:30
    CHECK(import("DTSTART;TZID=Europe/Berlin:20270301T230000\r\n") == "quiet-hours");  // 05:00; summer: 04:00
    CHECK(storedCount(office) == 0);
    CHECK(import("DTSTART;TZID=Asia/Ho_Chi_Minh:20270302T050000\r\n") == "accepted");
    const Instant second = at("2027-03-02T22:00:00Z");
    OccurrenceChange moved;
    moved.start = at("2027-03-02T20:00:00Z");
    CHECK(codeOf([&] {
              editEvent(office.scheduler, EventId{"e"}, EditOccurrence{second, moved}, std::nullopt, Keep::yes);
          }) == "quiet-hours");
    EventChange all;
    all.start = parseLocalTime("2027-03-02T03:00:00");
    CHECK(codeOf([&] { editEvent(office.scheduler, EventId{"e"}, EditAll{all}, std::nullopt, Keep::yes); }) ==
          "quiet-hours");
}

TEST_CASE("F34 save events: an airing moved to 03:00 at one station alone is refused where it is entered") {
    TestOffice office;
    office.addMedia('a', 31);
    beQuietAtNight(office, "thanh-binh");
    importEvents(office.scheduler,
                 TestOffice::calendar("e", "DTSTART;TZID=Asia/Ho_Chi_Minh:20270302T050000\r\n" + std::string{eachDay}),
                 {});
    const Instant second = at("2027-03-02T22:00:00Z");
    const auto moveTo = [&](const char* start) {
        return codeOf([&] {
            editEvent(office.scheduler, EventId{"e"},
                      EditAtStation{{second, StationId{"tan-hue"}, false, at(start), {}}}, std::nullopt, Keep::yes);
        });
    };
    CHECK(moveTo("2027-03-02T20:00:00Z") == "quiet-hours");
    CHECK(moveTo("2027-03-02T23:00:00Z") == "accepted");
    // Another edit of what has fallen into a night that grew longer meanwhile is not held up by it.
    Airtime longer;
    longer.area = AreaId{"thanh-binh"};
    longer.quietHours = {{"giờ ngủ", Weekdays::all(), std::chrono::hours{21}, std::chrono::hours{10}}};
    saveAirtime(office.scheduler, longer.area, {longer});
    EventChange renamed;
    renamed.title = "Tên mới";
    CHECK(codeOf([&] { editEvent(office.scheduler, EventId{"e"}, EditAll{renamed}, std::nullopt, Keep::yes); }) ==
          "accepted");
}

TEST_CASE("save events: quiet hours of one commune leave the others their announcement, and are said") {
    TestOffice office;
    office.addMedia('a', 31);
    beQuietAtNight(office, "tan-hue");
    const auto saved = importEvents(office.scheduler,
                                    TestOffice::calendar("e", "DTSTART;TZID=Asia/Ho_Chi_Minh:20270302T030000\r\n"), {});
    CHECK(storedCount(office) == 1);
    CHECK(office.manifest("tan-hue").slots.empty());
    CHECK(office.manifest("an-phong").slots.size() == 1);
}

TEST_CASE("save events: what was planned before the night became quiet can still be edited, and mended") {
    TestOffice office;
    office.addMedia('a', 31);
    importEvents(office.scheduler,
                 TestOffice::calendar("e", "DTSTART;TZID=Asia/Ho_Chi_Minh:20270302T030000\r\n" + std::string{eachDay},
                                      "urn:loa:station:tan-hue"),
                 {});
    beQuietAtNight(office, "thanh-binh");
    const auto edit = [&](const EventEdit& change) {
        return codeOf([&] { editEvent(office.scheduler, EventId{"e"}, change, std::nullopt, Keep::yes); });
    };
    const Instant first = at("2027-03-01T20:00:00Z");
    EventChange renamed;
    renamed.title = "Tên mới";
    CHECK(edit(EditAll{renamed}) == "accepted");
    CHECK(edit(EditAtStation{{first, StationId{"tan-hue"}, false, first + std::chrono::hours{2}, {}}}) == "accepted");
    REQUIRE(office.manifest("tan-hue").slots.size() == 1);
    EventChange moved;
    moved.start = parseLocalTime("2027-03-02T03:30:00");
    CHECK(edit(EditAll{moved}) == "quiet-hours");
    moved.start = parseLocalTime("2027-03-02T05:00:00");
    CHECK(edit(EditAll{moved}) == "accepted");
}
