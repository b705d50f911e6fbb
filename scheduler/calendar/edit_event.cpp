// Edits of an event as people make them: all, or one occurrence, everywhere or at one station. Each takes the VEVENTs
// apart, changes what it must, and reads the result as if it came from outside. Pure but for the zone tables; any
// thread. Never knows what time it is: whether the past may be edited is decided by others.
#include "scheduler/calendar/edit_event.h"

#include <algorithm>

#include "scheduler/calendar/canonical.h"
#include "scheduler/calendar/edited_series.h"
#include "scheduler/calendar/facts.h"
#include "scheduler/calendar/made_event.h"
#include "scheduler/calendar/series_lines.h"
#include "scheduler/calendar/station_overrides.h"

namespace loa {
namespace {

/// The override of an original; where it has none, a whole VEVENT as other programs expect it, that says what speaks
/// for it now.
Component& overrideFor(SeriesEvents& events, const Series& series, const Original& original) {
    if (auto* own = findOverride(events, original.at, false)) return *own;
    const auto* range = rangeAt(series, original.at);
    auto copy = range == nullptr ? events.front() : *findOverride(events, range->original, true);
    for (const auto* property : {"RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}) copy.remove(property);
    for (const auto* property : propertiesOfSeries) copy.remove(property);
    setTime(copy, "RECURRENCE-ID", timeAt(series, original.at));
    setTime(copy, "DTSTART", timeAt(series, intervalOf(series, original).start));
    if (range != nullptr)
        setLength(copy, range->sounding.length);
    else
        setLength(copy, original.end ? Length{0, *original.end - original.at} : series.sounding.length);
    events.push_back(std::move(copy));
    return events.back();
}

void removeOverride(SeriesEvents& events, Instant original) {
    if (const auto* own = findOverride(events, original, false)) events.erase(events.begin() + (own - events.data()));
}

std::vector<StationOverride> atStations(const Component& master) {
    std::vector<StationOverride> all;
    for (auto& one : readStationOverrides(master)) all.push_back(std::move(one.change));
    return all;
}

/// Takes an original out of the exclusions, and only it: of an excluded day the others stay away.
void include(Series& series, Instant original) {
    series.excluded.erase(original);
    for (const auto& day : series.excludedDays) {
        if (!day.contains(original)) continue;
        for (const auto& other : originals(series, {day.start, day.end - Milliseconds{1}}))
            if (other.at != original) series.excluded.insert(other.at);
    }
    std::erase_if(series.excludedDays, [&](const Interval& day) { return day.contains(original); });
}

}  // namespace

Edited changeAll(const Event& event, const EventChange& change) {
    auto events = readCalendar(event.icalendar);
    const auto series = readSeries(events);
    const auto first = series.sounding.start.instant();
    const bool led = series.rangeOverrides.contains(first);
    auto moved = changeSeries(std::move(events), change, led ? std::optional{first} : std::nullopt);
    return {finished(event, std::move(moved.events)), std::move(moved.lost)};
}

Event changeOccurrence(const Event& event, Instant original, const OccurrenceChange& change) {
    auto events = readCalendar(event.icalendar);
    const auto series = readSeries(events);
    overrideFor(events, series, occurrenceOf(series, original));
    const auto length = readSeries(events).overrides.at(original).sounding.length;
    auto& own = *findOverride(events, original, false);
    if (change.title) own.set("SUMMARY", writeText(titleFrom(*change.title)));
    if (change.source) {
        auto facts = factsOf(events.front());
        facts.source = change.source;
        writeFacts(own, facts);
    }
    if (change.start) {
        setLength(own, length);
        setTime(own, "DTSTART", timeAt(series, floor<std::chrono::seconds>(*change.start)));
    }
    if (change.duration) setLength(own, lengthFrom(*change.duration, own.find("DTSTART")->value.size() == 8));
    return finished(event, std::move(events));
}

Event dropOccurrence(const Event& event, Instant original) {
    auto events = readCalendar(event.icalendar);
    auto series = readSeries(events);
    occurrenceOf(series, original);
    removeOverride(events, original);
    auto& master = events.front();
    series.excluded.insert(original);
    setExclusions(master, series);
    auto changes = atStations(master);
    std::erase_if(changes, [&](const StationOverride& change) { return change.original == original; });
    writeStationOverrides(master, changes);
    return finished(event, std::move(events));
}

Event restoreOccurrence(const Event& event, Instant original) {
    auto events = readCalendar(event.icalendar);
    auto series = readSeries(events);
    if (isExcluded(series, original)) {
        include(series, original);
        setExclusions(events.front(), series);
    }
    occurrenceOf(series, original);
    removeOverride(events, original);
    return finished(event, std::move(events));
}

Event changeAtStation(const Event& event, const StationOverride& change) {
    auto events = readCalendar(event.icalendar);
    occurrenceOf(readSeries(events), change.original);
    auto changes = atStations(events.front());
    std::erase_if(changes, [&](const StationOverride& known) {
        return known.original == change.original && known.station == change.station;
    });
    const auto next = std::find_if(changes.begin(), changes.end(), [&](const StationOverride& known) {
        return std::tie(known.original, known.station) > std::tie(change.original, change.station);
    });
    changes.insert(next, change);
    writeStationOverrides(events.front(), changes);
    return finished(event, std::move(events));
}

Event restoreAtStation(const Event& event, Instant original, const StationId& station) {
    auto events = readCalendar(event.icalendar);
    auto changes = atStations(events.front());
    const auto removed = std::erase_if(
        changes, [&](const StationOverride& known) { return known.original == original && known.station == station; });
    if (removed == 0) return event;
    writeStationOverrides(events.front(), changes);
    return finished(event, std::move(events));
}

EventDraft draftOf(const Event& event) {
    const auto master = readCalendar(event.icalendar).front();
    const auto series = readSeries({master});
    const auto& start = series.sounding.start;
    const auto stamp = master.value("DTSTAMP");
    EventDraft draft;
    draft.id = event.id;
    draft.title = event.title;
    draft.facts = factsOf(master);
    draft.start = start.local;
    draft.zone = start.zone;
    draft.duration = endOf(start.instant(), series.sounding.length, start.zone) - start.instant();
    if (series.rule) draft.rule = writeRule(*series.rule);
    for (const auto at : series.excluded) draft.excluded.push_back(toLocal(at, start.zone));
    draft.description = readText(master.value("DESCRIPTION"));
    draft.sequence = event.sequence;
    if (!stamp.empty()) draft.stamp = toInstant(readTime(stamp, 0).local, "UTC");
    return draft;
}

}  // namespace loa
