// "This and following": one series made two, which together sound as the one did. Pure but for the zone tables; any
// thread. Never changes what lies before but for its end.
#include <algorithm>

#include "scheduler/calendar/canonical.h"
#include "scheduler/calendar/edited_series.h"
#include "scheduler/calendar/made_event.h"
#include "scheduler/calendar/refusal.h"
#include "scheduler/calendar/series_lines.h"
#include "scheduler/calendar/station_overrides.h"

namespace loa {
namespace {

using namespace std::chrono;

bool soundsBefore(const Series& series, Instant original) {
    bool found = std::any_of(series.extras.begin(), series.extras.end(), [&](const auto& extra) {
        return extra.first < original && !isExcluded(series, extra.first);
    });
    eachRuleStart(series, {series.sounding.start.instant(), original - Milliseconds{1}},
                  [&](const Original& earlier, int) {
                      found = found || !isExcluded(series, earlier.at);
                      return !found;
                  });
    return found;
}

/// The dates and exclusions of a series from `from` up to, not including, `to`.
Series part(const Series& series, Instant from, Instant to) {
    auto kept = series;
    const auto outside = [&](Instant at) { return at < from || at >= to; };
    std::erase_if(kept.extras, [&](const auto& extra) { return outside(extra.first); });
    std::erase_if(kept.excluded, outside);
    std::erase_if(kept.excludedDays, [&](const Interval& day) { return day.end <= from || day.start >= to; });
    return kept;
}

/// A part without a start of the rule begins with one of the dates given besides.
void beginWithExtra(Component& master, Series& kept) {
    const auto plain =
        std::find_if(kept.extras.begin(), kept.extras.end(), [](const auto& one) { return !one.second; });
    const auto first = plain == kept.extras.end() ? kept.extras.begin() : plain;
    if (first->second) setLength(master, {0, *first->second - first->first});
    setTime(master, "DTSTART", timeAt(kept, first->first));
    master.remove("RRULE");
    kept.extras.erase(first);
}

/// The VEVENTs that a part keeps: its dates in the master, and the overrides of what lies in it.
SeriesEvents partOf(const SeriesEvents& events, const Series& kept, Component master, Instant from, Instant to) {
    setExclusions(master, kept);
    setExtras(master, kept);
    const auto inside = [&](Instant original) { return original >= from && original < to; };
    std::vector<StationOverride> changes;
    for (auto& [change, _] : readStationOverrides(master))
        if (inside(change.original)) changes.push_back(change);
    writeStationOverrides(master, changes);
    SeriesEvents all{std::move(master)};
    for (auto event = events.begin() + 1; event != events.end(); ++event)
        if (inside(originalOf(*event, kept.sounding.start.zone).instant())) all.push_back(*event);
    return all;
}

/// All before `end`.
SeriesEvents firstPart(const SeriesEvents& events, const Series& series, Instant end) {
    auto kept = part(series, Instant::min(), end);
    auto master = events.front();
    setLength(master, series.sounding.length);
    if (series.sounding.start.instant() >= end) {
        beginWithExtra(master, kept);
    } else if (series.rule) {
        auto rule = *series.rule;
        Instant last{};
        int count = 0;
        eachRuleStart(series, {series.sounding.start.instant(), end - Milliseconds{1}},
                      [&](const Original& original, int number) {
                          last = std::max(last, original.at);
                          count = std::max(count, number);
                          return true;
                      });
        rule.count = count;
        auto until = timeAt(series, last);
        if (!until.isDate) until = {toLocal(last, "UTC"), false, "UTC", 0};
        if (count == 0) rule.until = writeTime(until);
        master.set("RRULE", writeRule(rule));
    }
    return partOf(events, kept, std::move(master), Instant::min(), end);
}

/// All from `from` on, under another id.
SeriesEvents secondPart(const SeriesEvents& events, const Series& series, const Original& from, const EventId& id) {
    auto kept = part(series, from.at, Instant::max());
    auto master = events.front();
    setLength(master, series.sounding.length);
    master.remove("SEQUENCE");
    std::optional<Original> first;
    int number = 0;
    eachRuleStart(series, {from.at, latestInstant}, [&](const Original& original, int place) {
        first = original;
        number = place;
        return false;
    });
    if (first) {
        const auto& start = series.sounding.start;
        setTime(master, "DTSTART", {first->local, start.isDate, start.zone, 0});
        if (series.rule) {
            auto rule = *series.rule;
            if (rule.count > 0) rule.count -= number - 1;
            master.set("RRULE", writeRule(rule));
        }
    } else {
        beginWithExtra(master, kept);
    }
    auto all = partOf(events, kept, std::move(master), from.at, Instant::max());
    if (const auto* range = rangeAt(series, from.at); range != nullptr && range->original < from.at) {
        auto source = events;
        auto copy = *findOverride(source, range->original, true);
        const auto& start = range->sounding.start;
        const auto local = toLocal(from.at, start.zone) + shiftOf(*range);
        setLength(copy, range->sounding.length);
        setTime(copy, "RECURRENCE-ID", timeAt(series, from.at));
        setTime(copy, "DTSTART", {local, start.isDate, start.zone, 0});
        all.push_back(std::move(copy));
    }
    for (auto& event : all) event.set("UID", writeText(id.text()));
    return all;
}

}  // namespace

Split splitFrom(const Event& event, Instant original, const EventChange& change, const EventId& newId) {
    const auto events = readCalendar(event.icalendar);
    const auto series = readSeries(events);
    const auto from = occurrenceOf(series, original);
    if (!soundsBefore(series, original)) {
        auto whole = change;
        if (whole.start) *whole.start += series.sounding.start.local - from.local;
        auto edited = changeAll(event, whole);
        return {std::move(edited.event), std::nullopt, std::move(edited.lost)};
    }
    auto following = secondPart(events, series, from, newId);
    const bool led = rangeAt(series, original) != nullptr;
    if (change.start && !led && readSeries(following).sounding.start.instant() != original)
        refuse(0, "start-of-extra",
               "Lần phát này là ngày thêm của chuỗi. Dời riêng lần này, hoặc sửa từ một lần theo quy tắc.",
               "This occurrence is an extra date of the series. Move it alone, or change from one of the rule on.");
    auto changed = changeSeries(std::move(following), change, led ? std::optional{original} : std::nullopt);
    return {finished(event, firstPart(events, series, original)), madeEvent(changed.events), std::move(changed.lost)};
}

}  // namespace loa
