// What every edit owes every calendar of tests/golden/calendar, whatever is in it.
#include "scheduler/calendar/edit_event.h"
#include "scheduler/calendar/write_events.h"
#include "tests/scheduler/calendar/fixtures.h"

using namespace loa;

namespace {

EventChange titled(const std::string& title) {
    EventChange change;
    change.title = title;
    return change;
}

bool contains(const std::vector<Occurrence>& all, Instant original) {
    return std::any_of(all.begin(), all.end(), [&](const Occurrence& one) { return one.original == original; });
}

/// Every third occurrence, so that the first, some in the middle and often the last are tried.
std::vector<Occurrence> some(const Event& event, Interval window) {
    std::vector<Occurrence> chosen;
    const auto all = expand(event, window);
    for (std::size_t i = 0; i < all.size(); i += 3) chosen.push_back(all[i]);
    if (chosen.size() > 12) chosen.resize(12);
    return chosen;
}

template <class Check>
void eachOccurrence(Check check) {
    eachCase([&](const auto& fixture, const auto& events) {
        for (const auto& event : events)
            for (const auto& occurrence : some(event, windowOf(fixture))) {
                CAPTURE(formatInstant(occurrence.original));
                check(event, occurrence, windowOf(fixture));
            }
    });
}

}  // namespace

TEST_CASE("edits of all fixtures: a new title or text never changes when something sounds (B-7)") {
    eachCase([](const auto& fixture, const auto& events) {
        std::vector<Event> renamed;
        for (const auto& event : events) {
            auto change = titled("Tên mới");
            change.description = "mới";
            renamed.push_back(changeAll(event, change).event);
            CHECK(renamed.back().sequence == event.sequence);
        }
        CHECK(expanded(renamed, windowOf(fixture)) == expected(fixture));
    });
}

TEST_CASE("edits of all fixtures: a series split without a change sounds as before") {
    eachOccurrence([](const Event& event, const Occurrence& occurrence, Interval window) {
        const auto split = splitFrom(event, occurrence.original, {}, event.id);
        std::vector<Event> both{split.before};
        if (split.following) both.push_back(*split.following);
        CHECK(expanded(both, window) == expanded({event}, window));
        CHECK(split.lost.empty());
    });
}

TEST_CASE("edits of all fixtures: a drop stays dropped after every later edit, and what is restored is as it was") {
    eachOccurrence([](const Event& event, const Occurrence& occurrence, Interval window) {
        const auto original = occurrence.original;
        const auto dropped = dropOccurrence(event, original);
        CHECK(expand(dropped, window).size() + 1 == expand(event, window).size());
        auto edited = changeAll(dropped, titled("Khác")).event;
        edited = withFacts(edited, {MessageClass::priority, std::nullopt, {AreaId{"a"}}, {}});
        for (const auto& other : expand(edited, window)) {
            edited =
                changeOccurrence(edited, other.original, {"Riêng", {}, other.at.start + std::chrono::hours{1}, {}});
            edited = changeAtStation(edited, {other.original, StationId{"a"}, true, {}, {}});
            break;
        }
        CHECK(!contains(expand(edited, window), original));
        CHECK(!contains(expand(restoreOccurrence(event, original), window), Instant::min()));
        CHECK(contains(expand(restoreOccurrence(dropped, original), window), original));
    });
}

TEST_CASE("edits of all fixtures: an hour later and back again, everything that was said still holds") {
    eachOccurrence([](const Event& event, const Occurrence& occurrence, Interval window) {
        auto said = dropOccurrence(event, occurrence.original);
        for (const auto& other : expand(said, window)) {
            said = changeAtStation(said, {other.original, StationId{"a"}, true, {}, {}});
            break;
        }
        const auto start = draftOf(said).start;
        const bool setsHours = draftOf(said).rule.find("BYHOUR") != std::string::npos;
        if (setsHours || said.icalendar.find("VALUE=DATE:") != std::string::npos) return;
        EventChange later;
        later.start = start + std::chrono::hours{1};
        const auto moved = changeAll(said, later);
        CHECK(moved.lost.empty());
        CHECK(expand(moved.event, window).size() == expand(said, window).size());
        EventChange back;
        back.start = start;
        const auto again = changeAll(moved.event, back);
        CHECK(again.lost.empty());
        CHECK(expanded({again.event}, window) == expanded({said}, window));
        CHECK(again.event.stationOverrides == said.stationOverrides);
    });
}
