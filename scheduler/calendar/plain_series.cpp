// A series without what calendar programs do not agree on. Works on the VEVENTs that are kept, so that all they say
// besides stays. Pure but for the zone tables; any thread. Never leaves out a property: that is write_feed.cpp.
#include "scheduler/calendar/plain_series.h"

#include <algorithm>
#include <map>
#include <set>

#include "scheduler/calendar/canonical.h"
#include "scheduler/calendar/originals.h"
#include "scheduler/calendar/series_lines.h"

namespace loa {
namespace {

/// Days by the calendar for what starts on a day, else the exact time.
Length lengthOf(const Component& event, Interval at, const std::string& zone) {
    if (event.find("DTSTART")->parameter("VALUE") != "DATE") return {0, at.length()};
    const auto days = std::chrono::sys_days{dayOf(at.end, zone)} - std::chrono::sys_days{dayOf(at.start, zone)};
    return {static_cast<int>(days.count()), Milliseconds{0}};
}

Interval intervalOf(const Sounding& sounding) {
    const auto start = sounding.start.instant();
    return {start, endOf(start, sounding.length, sounding.start.zone)};
}

class PlainSeries {
public:
    PlainSeries(const Event& event, Interval window)
        : events_{readCalendar(event.icalendar)}, series_{readSeries(events_)}, window_{window} {
        if (series_.cancelled) return;
        takeOverrides();
        dropExcludedDays();
        settleRanges();
        settlePeriods();
    }

    void apply(const std::vector<FeedChange>& changes);
    std::vector<Component> written() const;

private:
    void takeOverrides();
    void dropExcludedDays();
    void settleRanges();
    void settlePeriods();

    const std::string& zone() const { return series_.sounding.start.zone; }
    bool isOpen(Instant original) const {
        return !overrides_.contains(original) && !dropped_.contains(original) && !isExcluded(series_, original);
    }
    const Sounding& soundingAt(Instant original) const {
        const auto* range = rangeAt(series_, original);
        return range == nullptr ? series_.sounding : range->sounding;
    }
    void drop(Instant original) {
        overrides_.erase(original);
        dropped_.insert(original);
    }
    void change(Instant original, Interval at, const FeedChange& change);
    void makeOverride(const Original& original);
    void endRule(Component& master) const;

    std::vector<Component> events_;
    Series series_;
    Interval window_;
    std::map<Instant, Component> ranges_;     ///< the overrides of THISANDFUTURE
    std::map<Instant, Component> overrides_;  ///< of one occurrence
    std::set<Instant> dropped_;
};

void PlainSeries::takeOverrides() {
    for (auto event = events_.begin() + 1; event != events_.end(); ++event) {
        const auto original = originalOf(*event, zone()).instant();
        if (!event->find("RECURRENCE-ID")->parameter("RANGE").empty()) {
            ranges_.emplace(original, *event);
            continue;
        }
        const auto& sounding = series_.overrides.at(original).sounding;
        if (sounding.silent) {
            drop(original);
            continue;
        }
        auto& own = overrides_[original] = *event;
        own.set("SUMMARY", writeText(sounding.title));
    }
}

void PlainSeries::dropExcludedDays() {
    const auto& days = series_.excludedDays;
    if (days.empty()) return;
    const auto dropIn = [&](Interval window) {
        for (const auto& original : originals(series_, window))
            if (isExcluded(series_, original.at)) dropped_.insert(original.at);
    };
    if (series_.rule && series_.rule->count > 0)  // walked once, since each look-up would walk it from its start
        return dropIn({days.begin()->start, days.rbegin()->end - Milliseconds{1}});
    for (const auto& day : days) dropIn({day.start, day.end - Milliseconds{1}});
}

void PlainSeries::settleRanges() {
    if (ranges_.empty()) return;
    for (const auto& original : originals(series_, {window_.start - marginOf(series_).before, window_.end})) {
        if (!isOpen(original.at) || rangeAt(series_, original.at) == nullptr) continue;
        if (soundingAt(original.at).silent)
            drop(original.at);
        else
            makeOverride(original);
    }
    std::erase_if(series_.extras, [&](const auto& extra) { return extra.first > window_.end; });
}

void PlainSeries::settlePeriods() {
    for (const auto& [at, end] : series_.extras)
        if (end && isOpen(at) && !soundingAt(at).silent) makeOverride({at, toLocal(at, zone()), end});
}

/// The occurrence as it is, by itself.
void PlainSeries::makeOverride(const Original& original) {
    const auto* range = rangeAt(series_, original.at);
    auto made = range == nullptr ? events_.front() : ranges_.at(range->original);
    for (const auto* property : {"RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}) made.remove(property);
    const auto at = intervalOf(series_, original);
    setTime(made, "RECURRENCE-ID", timeAt(series_, original.at));
    setTime(made, "DTSTART", timeAt(series_, at.start));
    setLength(made, lengthOf(made, at, zone()));
    made.set("SUMMARY", writeText(soundingAt(original.at).title));
    overrides_.emplace(original.at, std::move(made));
}

void PlainSeries::apply(const std::vector<FeedChange>& changes) {
    if (series_.cancelled) return;
    std::map<Instant, const FeedChange*> ofOriginals;
    std::set<Instant> wanted;
    for (const auto& each : changes) {
        if (dropped_.contains(each.original)) continue;
        const auto known = series_.overrides.find(each.original);
        if (known != series_.overrides.end()) {
            change(each.original, intervalOf(known->second.sounding), each);
        } else {
            ofOriginals.emplace(each.original, &each);
            wanted.insert(each.original);
        }
    }
    for (const auto& original : findOriginals(series_, wanted)) {
        if (isExcluded(series_, original.at) || soundingAt(original.at).silent) continue;
        if (!overrides_.contains(original.at)) makeOverride(original);
        change(original.at, intervalOf(series_, original), *ofOriginals.at(original.at));
    }
}

void PlainSeries::change(Instant original, Interval at, const FeedChange& change) {
    if (change.dropped) return drop(original);
    auto& own = overrides_.at(original);
    if (!change.title.empty()) own.set("SUMMARY", writeText(change.title));
    if (!change.start) return;
    const auto start = std::chrono::floor<std::chrono::seconds>(*change.start);
    setTime(own, "DTSTART", timeAt(series_, start));
    setLength(own, lengthOf(own, {start, start + at.length()}, zone()));
}

/// Beyond the window nobody has looked at what speaks for the occurrences.
void PlainSeries::endRule(Component& master) const {
    if (ranges_.empty() || !series_.rule) return;
    bool goesOn = false;
    eachRuleStart(series_, {window_.end, latestInstant}, [&](const Original&, int) {
        goesOn = true;
        return false;
    });
    if (!goesOn) return;
    auto rule = *series_.rule;
    rule.count = 0;
    const bool ofDays = series_.sounding.start.isDate;
    const auto last = toLocal(window_.end, ofDays ? zone() : "UTC");
    rule.until = writeTime({last, ofDays, "UTC", 0});
    master.set("RRULE", writeRule(rule));
}

std::vector<Component> PlainSeries::written() const {
    if (series_.cancelled) return {};
    auto plain = series_;
    plain.excludedDays.clear();
    plain.excluded.insert(dropped_.begin(), dropped_.end());
    for (auto& [_, end] : plain.extras) end.reset();
    auto master = events_.front();
    setExclusions(master, plain);
    setExtras(master, plain);
    endRule(master);
    std::vector<Component> all{std::move(master)};
    for (const auto& [_, own] : overrides_) all.push_back(own);
    return all;
}

/// Of a series in plain form.
bool soundsSince(const Series& series, Instant since) {
    for (const auto& [_, own] : series.overrides)
        if (!own.sounding.silent && intervalOf(own.sounding).end > since) return true;
    if (series.sounding.silent) return false;
    const auto sounds = [&](const Original& original) {
        return !series.overrides.contains(original.at) && !isExcluded(series, original.at) &&
               intervalOf(series, original).end >= since;
    };
    for (const auto& [at, end] : series.extras)
        if (sounds({at, toLocal(at, series.sounding.start.zone), end})) return true;
    bool found = false;
    eachRuleStart(series, {since - marginOf(series).before, latestInstant}, [&](const Original& original, int) {
        found = sounds(original);
        return !found;
    });
    return found;
}

}  // namespace

std::vector<Component> plainSeries(const FeedEvent& event, Interval window) {
    PlainSeries plain{event.event, window};
    plain.apply(event.changes);
    auto written = plain.written();
    if (written.empty() || !soundsSince(readSeries(written), window.start)) return {};
    return written;
}

}  // namespace loa
