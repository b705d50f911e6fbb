// F89: what a calendar program leaves open, or says wrongly, has one outcome, or is refused with words; never a guess.
#include <doctest/doctest.h>

#include "scheduler/operations/import_events.h"
#include "scheduler/operations/save_airtime.h"
#include "tests/support/test_office.h"

using namespace loa;
using namespace loa::test;

namespace {

const std::string daily = "DTSTART;TZID=Asia/Ho_Chi_Minh:20270302T050000\r\nRRULE:FREQ=DAILY;COUNT=3\r\n";

/// The instants at which it airs at tan-hue, each by its start; or the code it is refused with.
std::vector<std::string> outcome(const std::string& text) {
    TestOffice office;
    office.addMedia('a', 31);
    Airtime rules;
    rules.area = AreaId{"thanh-binh"};
    rules.quietHours = {{"giờ ngủ", Weekdays::all(), std::chrono::hours{22}, std::chrono::hours{6}}};
    saveAirtime(office.scheduler, rules.area, {rules});
    try {
        importEvents(office.scheduler, text, {});
    } catch (const Error& error) {
        CHECK_FALSE(error.words().vi.empty());
        return {error.code()};
    }
    std::vector<std::string> starts;
    for (const auto& slot : office.manifest("tan-hue").slots) starts.push_back(formatInstant(slot.at.start));
    return starts;
}

/// The daily event with a second VEVENT of the same UID.
std::string withOverride(const std::string& lines) {
    auto text = TestOffice::calendar("e", daily);
    const auto other = TestOffice::calendar("e", lines);
    const auto from = other.find("BEGIN:VEVENT");
    text.insert(text.find("END:VCALENDAR"), other.substr(from, other.find("END:VCALENDAR") - from));
    return text;
}

std::string withZone(const std::string& zone, const std::string& lines) {
    auto text = TestOffice::calendar("e", lines);
    text.insert(text.find("BEGIN:VEVENT"), zone);
    return text;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("F89 import: a zone that is missing, unknown or the file's own has one meaning or none") {
    const Texts five{"2027-03-01T22:00:00Z"};
    CHECK(outcome(TestOffice::calendar("e", "DTSTART:20270302T050000\r\n")) == five);  // floating: the office's zone
    CHECK(outcome(TestOffice::calendar("e", "DTSTART;TZID=SE Asia Standard Time:20270302T050000\r\n")) == five);
    CHECK(outcome(TestOffice::calendar("e", "DTSTART;TZID=Nowhere/City:20270302T050000\r\n")) == Texts{"unknown-zone"});
    const std::string fixed =
        "BEGIN:VTIMEZONE\r\nTZID:Văn phòng\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0700\r\n"
        "TZOFFSETTO:+0700\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
    CHECK(outcome(withZone(fixed, "DTSTART;TZID=Văn phòng:20270302T050000\r\n")) == five);
    // A known name wins over what the file says of it.
    std::string wrong = fixed;
    wrong.replace(wrong.find("Văn phòng"), std::string{"Văn phòng"}.size(), "Asia/Ho_Chi_Minh");
    for (auto at = wrong.find("+0700"); at != std::string::npos; at = wrong.find("+0700"))
        wrong.replace(at, 5, "+0900");
    CHECK(outcome(withZone(wrong, "DTSTART;TZID=Asia/Ho_Chi_Minh:20270302T050000\r\n")) == five);
}

TEST_CASE("F89 import: a rule that says its end twice, and overrides that contradict each other, are refused") {
    CHECK(outcome(TestOffice::calendar("e",
                                       "DTSTART:20270301T220000Z\r\n"
                                       "RRULE:FREQ=DAILY;COUNT=3;UNTIL=20270310T000000Z\r\n"))
              .size() == 1);
    CHECK(outcome(TestOffice::calendar("e",
                                       "DTSTART:20270301T220000Z\r\n"
                                       "RRULE:FREQ=DAILY;COUNT=3;UNTIL=20270310T000000Z\r\n"))
              .front()
              .find('T') == std::string::npos);
    const std::string second = "RECURRENCE-ID;TZID=Asia/Ho_Chi_Minh:20270303T050000\r\n";
    const auto once = withOverride(second + "DTSTART;TZID=Asia/Ho_Chi_Minh:20270303T060000\r\n");
    CHECK(outcome(once) == Texts{"2027-03-01T22:00:00Z", "2027-03-02T23:00:00Z", "2027-03-03T22:00:00Z"});
    auto twice = once;
    const auto other = withOverride(second + "DTSTART;TZID=Asia/Ho_Chi_Minh:20270303T070000\r\n");
    const auto from = other.rfind("BEGIN:VEVENT");
    twice.insert(twice.find("END:VCALENDAR"), other.substr(from, other.find("END:VCALENDAR") - from));
    const auto refused = outcome(twice);
    REQUIRE(refused.size() == 1);
    CHECK(refused.front().find('T') == std::string::npos);
}

TEST_CASE("F89 import: an occurrence moved into quiet hours is refused, and one moved onto another takes its turn") {
    const std::string second = "RECURRENCE-ID;TZID=Asia/Ho_Chi_Minh:20270303T050000\r\n";
    CHECK(outcome(withOverride(second + "DTSTART;TZID=Asia/Ho_Chi_Minh:20270303T030000\r\n")) == Texts{"quiet-hours"});
    const auto met = outcome(withOverride(second + "DTSTART;TZID=Asia/Ho_Chi_Minh:20270304T050000\r\n"));
    CHECK(met == Texts{"2027-03-01T22:00:00Z", "2027-03-03T22:00:00Z", "2027-03-03T22:00:31Z"});
}
