// Every calendar of tests/golden/calendar with the airtimes that it stands for.
#include "tests/scheduler/calendar/fixtures.h"

#include "scheduler/calendar/write_events.h"

using namespace loa;

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
