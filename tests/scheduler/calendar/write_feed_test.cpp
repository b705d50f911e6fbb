// Feeds: what a calendar program is shown is what sounds.
#include "scheduler/calendar/write_feed.h"

#include <algorithm>
#include <sstream>

#include "scheduler/calendar/write_events.h"
#include "tests/scheduler/calendar/fixtures.h"

using namespace loa;

namespace {

const Interval year{at("2027-01-01T00:00:00Z"), at("2027-12-31T00:00:00Z")};
const Instant second = at("2027-03-01T22:00:00Z");  // of the daily event
const Instant third = at("2027-03-02T22:00:00Z");

std::string feedOf(const Event& event, std::vector<FeedChange> changes = {}, Interval window = year) {
    return writeFeed({"feed-1@loa",
                      "Trạm Tân Huề",
                      "Lịch phát của trạm Tân Huề; chỉ để xem.",
                      "Asia/Ho_Chi_Minh",
                      window,
                      {{event, at("2027-02-01T00:00:00Z"), "Tân Huề, Thanh Bình", std::move(changes)}}});
}

/// "start/end title" as a program that reads the feed shows it.
Texts seen(const std::string& feed, const std::string& zone = "Asia/Ho_Chi_Minh") {
    Texts all;
    for (const auto& event : readEvents(feed, {zone}).events)
        for (const auto& one : expand(event, year))
            all.push_back(formatInstant(one.at.start) + "/" + formatInstant(one.at.end) + " " + one.title);
    return all;
}

Texts planned(const Event& event) {
    return seen(writeEvents(std::vector{event}));
}

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::string unfolded(std::string text) {
    for (auto fold = text.find("\r\n "); fold != std::string::npos; fold = text.find("\r\n ")) text.erase(fold, 3);
    return text;
}

}  // namespace

TEST_CASE("feed: 05:00 in Vietnam stays 05:00 there, and a series over a clock change stays at its wall time") {
    const auto daily = onlyEvent(dailyWith("SUMMARY:Gọi 1022\n"));
    CHECK(seen(feedOf(daily)) == planned(daily));
    CHECK(seen(feedOf(daily)).front() == "2027-02-28T22:00:00Z/2027-02-28T22:15:00Z Gọi 1022");
    const auto berlin = onlyEvent(fileText("19-berlin-over-dst.ics"));
    CHECK(seen(feedOf(berlin)) == planned(berlin));
    CHECK(seen(feedOf(berlin)).front().starts_with("2027-03-26T08:00:00Z"));
    CHECK(seen(feedOf(berlin)).back().starts_with("2027-03-30T07:00:00Z"));
}

TEST_CASE("feed: every calendar of the fixtures is shown on the instants that it stands for") {
    eachCase([](const auto& fixture, const auto& events) {
        const auto window = windowOf(fixture);
        const std::string zone = fixture["default_tz"];
        FeedContent content{"feed-1@loa", "x", "x", zone, {window.start, window.start + std::chrono::days{400}}, {}};
        for (const auto& event : events) content.events.push_back({event, window.start, "", {}});
        const auto shown = readEvents(writeFeed(content), {zone}).events;
        CHECK(expanded(shown, window) == expected(fixture));
    });
}

TEST_CASE("feed: what a station drops is excluded, what it moves or replaces is an override of that occurrence") {
    const auto daily = onlyEvent(dailyWith("SUMMARY:Gọi 1022\n"));
    const auto feed = feedOf(daily, {{second, true, std::nullopt, ""},
                                     {third, false, at("2027-03-03T01:30:00Z"), ""},
                                     {at("2027-03-03T22:00:00Z"), false, std::nullopt, "Tiêm chủng"}});
    CHECK(seen(feed) == Texts{"2027-02-28T22:00:00Z/2027-02-28T22:15:00Z Gọi 1022",
                              "2027-03-03T01:30:00Z/2027-03-03T01:45:00Z Gọi 1022",
                              "2027-03-03T22:00:00Z/2027-03-03T22:15:00Z Tiêm chủng",
                              "2027-03-04T22:00:00Z/2027-03-04T22:15:00Z Gọi 1022"});
    CHECK(holds(feed, "EXDATE;TZID=Asia/Ho_Chi_Minh:20270302T050000\r\n"));
    CHECK(holds(feed, "RECURRENCE-ID;TZID=Asia/Ho_Chi_Minh:20270303T050000\r\n"));
    CHECK(holds(feed, "DTSTART;TZID=Asia/Ho_Chi_Minh:20270303T083000\r\n"));
}

TEST_CASE("feed: a station's change adds to what all stations do differently, and a drop takes that away too") {
    const auto moved = onlyEvent(dailyWith("SUMMARY:Gọi 1022\n" + overrideOf("03") +
                                           "SUMMARY:Bản dài\nDTSTART:20270303T000000Z\nDURATION:PT40M\n"));
    CHECK(seen(feedOf(moved)) == planned(moved));
    const auto further = seen(feedOf(moved, {{third, false, at("2027-03-03T02:00:00Z"), ""}}));
    CHECK(std::count(further.begin(), further.end(), "2027-03-03T02:00:00Z/2027-03-03T02:40:00Z Bản dài") == 1);
    CHECK(further.size() == 5);
    CHECK(seen(feedOf(moved, {{third, true, std::nullopt, ""}})).size() == 4);
    const Instant none = third + std::chrono::hours{1};
    for (const auto& nothing : {FeedChange{none, true, std::nullopt, ""}, FeedChange{none, false, second, ""}})
        CHECK(feedOf(moved, {nothing}) == feedOf(moved));
}

TEST_CASE("feed: a zone's changes are told as Thunderbird reads them: one on each line, the first again") {
    const auto feed = feedOf(
        onlyEvent(calendarWith("DTSTART;TZID=Europe/Paris:20270301T183000\nRRULE:FREQ=DAILY;COUNT=60\nSUMMARY:x\n")));
    const auto summer =
        feed.substr(feed.find("BEGIN:DAYLIGHT"), feed.find("END:DAYLIGHT") - feed.find("BEGIN:DAYLIGHT"));
    CHECK(holds(summer, "DTSTART:20270328T020000\r\n"));
    CHECK(holds(summer, "RDATE:20270328T020000\r\nRDATE:20280326T020000\r\n"));
    CHECK_FALSE(holds(feed.substr(0, feed.find("BEGIN:VEVENT")), ","));
}

TEST_CASE("feed: what no calendar program understands alike is written as all of them do") {
    const auto cancelled = onlyEvent(dailyWith("SUMMARY:x\n" + overrideOf("03") +
                                               "STATUS:CANCELLED\nDTSTART;TZID=Asia/Ho_Chi_Minh:20270303T050000\n"));
    const auto daysOff = onlyEvent(dailyWith("SUMMARY:x\nEXDATE;VALUE=DATE:20270303\n"));
    for (const auto& event : {cancelled, daysOff}) {
        const auto feed = feedOf(event);
        CHECK(seen(feed) == planned(event));
        CHECK(seen(feed).size() == 4);
        CHECK(holds(feed, "EXDATE;TZID=Asia/Ho_Chi_Minh:20270303T050000\r\n"));
        CHECK_FALSE(holds(feed, "STATUS:CANCELLED"));
    }
    const auto period = onlyEvent(dailyWith("SUMMARY:x\nRDATE;VALUE=PERIOD:20270310T000000Z/PT1H\n"));
    CHECK(seen(feedOf(period)) == planned(period));
    CHECK_FALSE(holds(feedOf(period), "PERIOD"));
    CHECK(holds(feedOf(period), "RECURRENCE-ID;TZID=Asia/Ho_Chi_Minh:20270310T070000\r\n"));
}

TEST_CASE("feed: from here on otherwise is shown occurrence by occurrence, as far as the window reaches") {
    const std::string ranged =
        "END:VEVENT\nBEGIN:VEVENT\nUID:one@test\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Asia/"
        "Ho_Chi_Minh:20270303T050000\n"
        "SUMMARY:Muộn hơn\nDTSTART;TZID=Asia/Ho_Chi_Minh:20270303T063000\nDURATION:PT20M\n";
    const auto counted = onlyEvent(dailyWith("SUMMARY:x\n" + ranged));
    CHECK(seen(feedOf(counted)) == planned(counted));
    CHECK(seen(feedOf(counted)).back() == "2027-03-04T23:30:00Z/2027-03-04T23:50:00Z Muộn hơn");
    CHECK_FALSE(holds(feedOf(counted), "RANGE"));
    CHECK(holds(feedOf(counted), "COUNT=5"));
    auto text = dailyWith("SUMMARY:x\n" + ranged);
    text.erase(text.find(";COUNT=5"), 8);
    const auto endless = onlyEvent(text);
    const auto feed = feedOf(endless);
    CHECK(holds(feed, "UNTIL=20271231T000000Z"));
    const auto shown = seen(feed);
    const auto all = planned(endless);
    CHECK(shown.size() >= 300);
    CHECK(std::equal(shown.begin(), shown.end(), all.begin()));
}

TEST_CASE("feed: it holds what people may see, and nothing that a program would mail, ring or fetch") {
    const auto event = onlyEvent(dailyWith(
        "SUMMARY:Tổng đài 1022 tiếp nhận phản ánh của người dân về điện, nước, đường sá và an ninh\n"
        "DESCRIPTION:Bấm 1022\nATTACH:urn:loa:media:" +
        std::string(64, 'a') +
        "\nATTENDEE:urn:loa:station:tan-hue\nATTENDEE:mailto:lan@example.vn\nORGANIZER:mailto:lan@example.vn\n"
        "X-LOA-CLASS:priority\nX-OTHER:1\nSEQUENCE:4\nBEGIN:VALARM\nACTION:AUDIO\nTRIGGER:-PT5M\nEND:VALARM\n"));
    const auto feed = feedOf(event);
    for (const char* left : {"X-LOA", "ATTENDEE", "ORGANIZER", "mailto", "ATTACH", "VALARM", "X-OTHER", "METHOD"})
        CHECK_FALSE(holds(feed, left));
    for (const char* line :
         {"COLOR:crimson\r\n", "CATEGORIES:Ưu tiên\r\n", "SEQUENCE:4\r\n", "DESCRIPTION:Bấm 1022\r\n",
          "DTSTAMP:20270201T000000Z\r\n", "LAST-MODIFIED:20270201T000000Z\r\n", "LOCATION:Tân Huề\\, Thanh Bình\r\n",
          "NAME:Trạm Tân Huề\r\n", "UID:one@test\r\n", "X-WR-CALNAME:Trạm Tân Huề\r\n",
          "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n", "X-PUBLISHED-TTL:PT1H\r\n", "X-WR-TIMEZONE:Asia/Ho_Chi_Minh\r\n",
          "UID:feed-1@loa\r\n", "DESCRIPTION:Lịch phát của trạm Tân Huề\\; chỉ để xem.\r\n", "BEGIN:VTIMEZONE\r\n"})
        CHECK_MESSAGE(holds(unfolded(feed), line), line);
    std::istringstream lines{feed};
    for (std::string line; std::getline(lines, line);) {
        CHECK(line.ends_with('\r'));
        CHECK(line.size() <= 76);
    }
}

TEST_CASE("feed: what sounded for the last time before the window is left out, and an empty one is still a calendar") {
    const auto daily = onlyEvent(dailyWith("SUMMARY:x\n"));
    const auto from = [&](const char* instant) {
        return feedOf(daily, {{at("2027-03-04T22:00:00Z"), true, std::nullopt, ""}},
                      {at(instant), at("2027-12-01T00:00:00Z")});
    };
    CHECK(holds(from("2027-03-03T22:10:00Z"), "BEGIN:VEVENT"));
    CHECK_FALSE(holds(from("2027-03-03T22:15:01Z"), "BEGIN:VEVENT"));
    CHECK(holds(from("2027-03-03T22:15:01Z"), "BEGIN:VTIMEZONE"));
    const auto cancelled = onlyEvent(dailyWith("STATUS:CANCELLED\n" + overrideOf("03") + "DTSTART:20270303T000000Z\n"));
    CHECK_FALSE(holds(feedOf(cancelled, {{second, false, third, ""}}), "BEGIN:VEVENT"));
    auto endless = dailyWith("SUMMARY:x\n");
    endless.erase(endless.find(";COUNT=5"), 8);
    CHECK(holds(feedOf(onlyEvent(endless), {}, {at("2150-01-01T00:00:00Z"), at("2150-12-01T00:00:00Z")}), "VEVENT"));
}
