// What all edits of a series share: finding an occurrence, changing the whole, and making an event of it again. Pure
// but for the zone tables; any thread.
#include "scheduler/calendar/edited_series.h"

#include <algorithm>

#include "scheduler/calendar/canonical.h"
#include "scheduler/calendar/facts.h"
#include "scheduler/calendar/made_event.h"
#include "scheduler/calendar/refusal.h"
#include "scheduler/calendar/series_lines.h"

namespace loa {
namespace {

/// Whether an override changes with its master.
bool leads(const SeriesEvents& events, const Component& event, const Component* leading) {
    return &event == &events.front() || &event == leading;
}

/// A property of text in the master, and in the overrides that say the same.
void changeText(SeriesEvents& events, std::string_view property, const std::string& value, const Component* leading) {
    const auto before = events.front().value(property);
    for (auto& event : events) {
        const bool follows = event.find(property) != nullptr && event.value(property) == before;
        if (!follows && !leads(events, event, leading)) continue;
        if (value.empty())
            event.remove(property);
        else
            event.set(property, value);
    }
}

void changeLength(SeriesEvents& events, Milliseconds duration, const Component* leading) {
    const auto series = readSeries(events);
    const auto& start = series.sounding.start;
    const auto length = lengthFrom(duration, start.isDate);
    const auto lengthOf = [&](const Component& event) {
        const auto original = originalOf(event, start.zone).instant();
        const bool andFuture = !event.find("RECURRENCE-ID")->parameter("RANGE").empty();
        return (andFuture ? series.rangeOverrides : series.overrides).at(original).sounding.length;
    };
    for (auto& event : events)
        if (leads(events, event, leading) || lengthOf(event) == series.sounding.length) setLength(event, length);
}

void changeFacts(SeriesEvents& events, const EventChange& change, Component* leading) {
    auto facts = factsOf(events.front());
    const bool chosen = facts.policy != defaultPolicy(facts.messageClass);
    facts.messageClass = change.messageClass.value_or(facts.messageClass);
    if (change.policy || !chosen) facts.policy = change.policy.value_or(defaultPolicy(facts.messageClass));
    facts.targets = change.targets.value_or(facts.targets);
    facts.source = change.source.value_or(facts.source);
    if (facts != factsOf(events.front())) writeFacts(events, facts);
    if (leading != nullptr && change.source) writeFacts(*leading, facts);
}

/// Without its words, which nobody hears.
std::string soundOf(SeriesEvents events) {
    for (auto& event : events) {
        event.remove("SUMMARY");
        event.remove("DESCRIPTION");
    }
    return writeCalendar(events);
}

}  // namespace

Original occurrenceOf(const Series& series, Instant original) {
    const auto found = findOriginals(series, {original});
    if (found.empty() || isExcluded(series, original))
        throw Error(Fault::notFound, "no-such-occurrence",
                    Words{"Chuỗi sự kiện không có lần phát này, hoặc đã bỏ lần này. Mở lại lịch rồi chọn lại.",
                          "The series has no such occurrence, or it was dropped. Open the calendar again and choose."});
    return found.front();
}

Component* findOverride(SeriesEvents& events, Instant original, bool andFuture) {
    const auto start = readSeries(events).sounding.start;
    for (auto event = events.begin() + 1; event != events.end(); ++event) {
        const bool isRange = !event->find("RECURRENCE-ID")->parameter("RANGE").empty();
        if (isRange == andFuture && originalOf(*event, start.zone).instant() == original) return &*event;
    }
    return nullptr;
}

MovedSeries changeSeries(SeriesEvents events, const EventChange& change, std::optional<Instant> leading) {
    const auto series = readSeries(events);
    auto start = leading ? std::nullopt : change.start;
    if (start == series.sounding.start.local) start.reset();
    auto rule = change.rule;
    if (rule && !rule->empty()) rule = writeRule(readRule(*rule, 0));
    if (rule == events.front().value("RRULE")) rule.reset();
    MovedSeries moved{std::move(events), {}};
    if (start || rule) moved = moveSeries(moved.events, start, rule);

    auto* led = leading ? findOverride(moved.events, *leading, true) : nullptr;
    if (led != nullptr && change.start) {
        setLength(*led, series.rangeOverrides.at(*leading).sounding.length);
        setTime(*led, "DTSTART", {*change.start, false, series.sounding.start.zone, 0});
    }
    if (change.title) changeText(moved.events, "SUMMARY", writeText(titleFrom(*change.title)), led);
    if (change.description) changeText(moved.events, "DESCRIPTION", writeText(*change.description), led);
    if (change.duration) changeLength(moved.events, *change.duration, led);
    changeFacts(moved.events, change, led);
    return moved;
}

Event finished(const Event& event, SeriesEvents events) {
    const auto before = readCalendar(event.icalendar);
    if (writeCalendar(events) == event.icalendar) return event;
    if (soundOf(events) != soundOf(before))
        for (auto& one : events) one.set("SEQUENCE", std::to_string(event.sequence + 1));
    return madeEvent(events);
}

}  // namespace loa
