// Every calendar of tests/golden/calendar with the airtimes that it stands for.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "scheduler/calendar/write_events.h"
#include "tests/scheduler/calendar/sample.h"

using namespace loa;

namespace {

std::string fileText(const std::string& name) {
    const char* root = std::getenv("LOA_SOURCE_DIR");
    std::ifstream file{std::string{root == nullptr ? "." : root} + "/tests/golden/calendar/" + name, std::ios::binary};
    REQUIRE_MESSAGE(file, name);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

Interval windowOf(const nlohmann::json& fixture) {
    return {at(fixture["window"]["from"]), at(fixture["window"]["to"])};
}

Texts expected(const nlohmann::json& fixture) {
    Texts lines;
    for (const auto& one : fixture["expect"]["occurrences"])
        lines.push_back(one["uid"].get<std::string>() + " " + one["start"].get<std::string>() + " " +
                        one["end"].get<std::string>());
    std::sort(lines.begin(), lines.end());
    return lines;
}

Texts expanded(const std::vector<Event>& events, Interval window) {
    Texts lines;
    for (const auto& event : events)
        for (const auto& one : expand(event, window))
            lines.push_back(one.event.text() + " " + formatInstant(one.at.start) + " " + formatInstant(one.at.end));
    std::sort(lines.begin(), lines.end());
    return lines;
}

template <class Check>
void eachCase(Check check) {
    const auto cases = nlohmann::json::parse(fileText("cases.json"));
    REQUIRE(cases.size() == 25);
    for (const auto& fixture : cases) {
        const std::string name = fixture["id"];
        CAPTURE(name);
        const ReadOptions options{fixture["default_tz"]};
        check(fixture, readEvents(fileText(fixture["file"]), options).events);
    }
}

}  // namespace

TEST_CASE("fixtures: each calendar falls on exactly the instants that it stands for") {
    eachCase([](const auto& fixture, const auto& events) {
        CHECK(expanded(events, windowOf(fixture)) == expected(fixture));
    });
}

TEST_CASE("fixtures: what is written and read again falls on the same instants, in whatever zone it is read") {
    eachCase([](const auto& fixture, const auto& events) {
        const auto again = readEvents(writeEvents(events), {"America/New_York"}).events;
        CHECK(again == events);
        CHECK(expanded(again, windowOf(fixture)) == expected(fixture));
    });
}

TEST_CASE("fixtures: a new title never changes when something sounds") {
    eachCase([](const auto& fixture, const auto& events) {
        std::vector<Event> renamed;
        for (const auto& event : events) renamed.push_back(withTitle(event, "Tên mới"));
        CHECK(expanded(renamed, windowOf(fixture)) == expected(fixture));
        CHECK(expanded(readEvents(writeEvents(renamed)).events, windowOf(fixture)) == expected(fixture));
    });
}

TEST_CASE("fixtures: new facts never change when something sounds") {
    eachCase([](const auto& fixture, const auto& events) {
        std::vector<Event> changed;
        for (const auto& event : events)
            changed.push_back(withFacts(event, {MessageClass::priority, std::nullopt, {AreaId{"thanh-binh"}}, {}}));
        CHECK(expanded(changed, windowOf(fixture)) == expected(fixture));
    });
}

TEST_CASE("fixtures: a window holds what the whole time holds there, one day after another") {
    eachCase([](const auto& fixture, const auto& events) {
        const auto whole = windowOf(fixture);
        Texts lines;
        for (auto from = whole.start; from < whole.end; from += std::chrono::days{1})
            for (const auto& line : expanded(events, {from, std::min(whole.end, from + std::chrono::days{1})}))
                lines.push_back(line);
        std::sort(lines.begin(), lines.end());
        lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
        CHECK(lines == expected(fixture));
    });
}
