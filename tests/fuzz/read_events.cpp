// Calendars of strangers: whatever they hold they are read or refused, and what is read is one value from then on.
#include "scheduler/calendar/read_events.h"

#include <algorithm>
#include <tuple>

#include "scheduler/calendar/edit_event.h"
#include "scheduler/calendar/expand.h"
#include "scheduler/calendar/write_feed.h"
#include "scheduler/domain/error.h"
#include "tests/fuzz/claim.h"

using namespace loa;

namespace {

constexpr std::size_t eventsTried = 3;
constexpr std::size_t occurrencesTried = 3;
constexpr std::size_t wordsTried = 80;  // the end of the input, where a text may hold anything
constexpr std::chrono::days window{60};

bool isBefore(const Occurrence& one, const Occurrence& other) {
    return std::tie(one.at, one.original) < std::tie(other.at, other.original);
}

bool sameInstants(const std::vector<Occurrence>& one, const std::vector<Occurrence>& other) {
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [](const auto& a, const auto& b) { return a.at == b.at && a.original == b.original; });
}

/// The occurrences of two months from the event's own start on; none where it has too many.
std::vector<Occurrence> occurrencesOf(const Event& event, Instant start) {
    try {
        return expand(event, {start, start + window});
    } catch (const Error& error) {
        claim(error.code() == "too-many-occurrences", "only their number keeps occurrences from being listed");
        return {};
    }
}

/// What an edit gives: read again, it is the same; or it is refused.
template <class Edit>
void tryEdit(Edit edit) {
    try {
        const Event edited = edit();
        claim(readEvents(edited.icalendar).events == std::vector{edited}, "an edited event reads as it is");
    } catch (const Error& error) {
        claim(error.line() == 0, "an edit's refusal names no line of a text nobody has seen");
    }
}

/// A split that changes nothing sounds as before; a drop takes one away.
void trySound(const Event& event, const Occurrence& occurrence, Instant start) {
    auto all = occurrencesOf(event, start);
    try {
        const auto split = splitFrom(event, occurrence.original, {}, EventId{"fuzz-new"});
        auto both = occurrencesOf(split.before, start);
        if (split.following)
            for (const auto& one : occurrencesOf(*split.following, start)) both.push_back(one);
        std::sort(both.begin(), both.end(), isBefore);
        claim(sameInstants(both, all), "a series split sounds as before");
        const auto dropped = occurrencesOf(dropOccurrence(event, occurrence.original), start);
        std::erase_if(all, [&](const auto& one) { return one.original == occurrence.original; });
        claim(sameInstants(dropped, all), "a drop takes away one occurrence");
    } catch (const Error& error) {
        claim(error.line() == 0, "an edit's refusal names no line of a text nobody has seen");
    }
}

/// F87: whatever is typed as words stays words.
void tryWords(const Event& event, const Occurrence& occurrence, const std::string& words) {
    const auto all = occurrencesOf(event, occurrence.original);
    EventChange change;
    change.title = words;
    change.description = words;
    tryEdit([&] {
        const auto edited = changeAll(event, change).event;
        claim(edited.targets == event.targets && edited.source == event.source && edited.policy == event.policy,
              "words change no facts");
        claim(sameInstants(occurrencesOf(edited, occurrence.original), all), "words move nothing");
        return edited;
    });
    tryEdit([&] { return changeOccurrence(event, occurrence.original, {words, {}, {}, {}}); });
}

void tryEdits(const Event& event, const Occurrence& occurrence) {
    const auto original = occurrence.original;
    EventChange later;
    later.start = draftOf(event).start + std::chrono::hours{1};
    tryEdit([&] { return dropOccurrence(event, original); });
    tryEdit([&] { return changeOccurrence(event, original, {"Khác", {}, original + std::chrono::hours{1}, {}}); });
    tryEdit([&] { return changeAtStation(event, {original, StationId{"a"}, true, {}, {}}); });
    tryEdit([&] { return restoreOccurrence(event, original); });
    tryEdit([&] { return changeAll(event, later).event; });
    tryEdit([&] { return splitFrom(event, original, later, EventId{"fuzz-new"}).before; });
}

/// What other programs get to see can be read, whatever came in.
void tryFeed(const std::vector<Event>& events, Instant from) {
    FeedContent content{"fuzz", "Lịch", "", "Asia/Ho_Chi_Minh", {from, from + window}, {}};
    for (const auto& event : events) content.events.push_back({event, from, "Trạm", {}});
    std::string feed;
    try {
        feed = writeFeed(content);
    } catch (const Error&) {
        return;  // one of the events is beyond a limit of its expansion
    }
    readEvents(feed);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text{reinterpret_cast<const char*>(data), size};
    std::vector<Event> events;
    try {
        events = readEvents(text).events;
    } catch (const Error& error) {
        claim(!error.words().vi.empty() && !error.words().en.empty(), "a refusal has words in both languages");
        return 0;
    }
    if (events.empty()) return 0;
    claim(readEvents(writeEvents(events)).events == events, "what is written is read again, nothing more");
    if (events.size() > eventsTried) events.resize(eventsTried);
    const auto first = draftOf(events.front());
    tryFeed(events, toInstant(first.start, first.zone));
    const auto words = text.substr(text.size() - std::min(text.size(), wordsTried));
    for (const auto& event : events) {
        const auto draft = draftOf(event);
        const auto start = toInstant(draft.start, draft.zone);
        auto occurrences = occurrencesOf(event, start);
        claim(sameInstants(occurrencesOf(withTitle(event, "Khác"), start), occurrences), "a title moves nothing");
        if (occurrences.size() > occurrencesTried) occurrences.resize(occurrencesTried);
        for (const auto& occurrence : occurrences) {
            tryEdits(event, occurrence);
            trySound(event, occurrence, start);
            tryWords(event, occurrence, words);
        }
    }
    return 0;
}
