// A series put elsewhere, with all that was said about its occurrences. What holds for an occurrence is keyed by its
// original; so each original is followed from the old series to the new one, and what arrives nowhere is named.
// Pure but for the zone tables; any thread.
#include "scheduler/calendar/moved_series.h"

#include <algorithm>
#include <map>
#include <set>

#include "scheduler/calendar/facts.h"
#include "scheduler/calendar/originals.h"
#include "scheduler/calendar/refusal.h"
#include "scheduler/calendar/rule_iterator.h"
#include "scheduler/calendar/series_lines.h"
#include "scheduler/calendar/station_overrides.h"

namespace loa {
namespace {

using namespace std::chrono;
using Frequency = Rule::Frequency;

/// By how much each occurrence moves when the start does: to the same occurrence, at the new time of day. A start that
/// moves on by whole periods makes the series begin later and moves nothing.
seconds shiftOfEach(const Rule& rule, LocalTime from, LocalTime to) {
    const auto fromDay = floor<days>(from);
    const auto toDay = floor<days>(to);
    const auto timeOfDay = (to - toDay) - (from - fromDay);
    const Day fromDate{fromDay};
    const Day toDate{toDay};
    switch (rule.frequency) {
        case Frequency::hourly:
            return (to - from) % hours{rule.interval};
        case Frequency::daily:
            if (abs(to - from) < hours{12}) return to - from;  // also over midnight
            return (toDay - fromDay) % days{rule.interval} + timeOfDay;
        case Frequency::weekly:
            return (toDay - fromDay) % weeks{rule.interval} + timeOfDay;
        case Frequency::monthly:
            if (rule.namesDays()) return timeOfDay;
            if (abs(to - from) < days{15}) return to - from;  // also from the 31st to the 1st
            return days{static_cast<int>(static_cast<unsigned>(toDate.day())) -
                        static_cast<int>(static_cast<unsigned>(fromDate.day()))} +
                   timeOfDay;
        case Frequency::yearly:
            if (rule.namesDays()) return timeOfDay;
            if (abs(to - from) < days{180}) return to - from;
            return local_days{2000y / toDate.month() / toDate.day()} -
                   local_days{2000y / fromDate.month() / fromDate.day()} + timeOfDay;
    }
    return to - from;
}

/// One move of a series: from what it was to what it becomes.
class Move {
public:
    Move(const Series& before, LocalTime start, const std::optional<std::string>& rule)
        : before_{before}, from_{before.sounding.start.local}, start_{start} {
        if (before.rule) shift_ = shiftOfEach(*before.rule, from_, start);
        if (rule)
            rule_ = rule->empty() ? std::nullopt : std::optional{readRule(*rule, 0)};
        else if (before.rule)
            rule_ = movedRule();
        if (before.rule && rule_ && rule_->frequency != before.rule->frequency) shift_ = timeOfDay();
    }

    const std::optional<Rule>& rule() const { return rule_; }

    /// Where an original goes; the new series need not fall there.
    Instant target(const Original& original) const {
        const auto& zone = before_.sounding.start.zone;
        if (original.local == from_ && (!before_.rule || !rule_)) return toInstant(start_, zone);
        if (before_.extras.contains(original.at)) return toInstant(original.local + extraShift(original.local), zone);
        return toInstant(original.local + shift_, zone);
    }

private:
    seconds timeOfDay() const { return (start_ - floor<days>(start_)) - (from_ - floor<days>(from_)); }

    /// A date given besides goes along where it has the time of day of the series.
    seconds extraShift(LocalTime extra) const {
        const bool alike = extra - floor<days>(extra) == from_ - floor<days>(from_);
        if (!alike) return seconds{0};
        return before_.rule && before_.rule->frequency == Frequency::daily ? shift_ % days{1} : timeOfDay();
    }

    Rule movedRule() const {
        auto rule = *before_.rule;
        if (start_ == from_) return rule;
        if (rule.frequency == Frequency::weekly)
            rule = turned(rule, static_cast<int>((floor<days>(from_ + shift_) - floor<days>(from_)).count()));
        const auto falls = [](const Rule& one, LocalTime at) { return RuleIterator{one, at, at, at}.next() == at; };
        if (falls(*before_.rule, from_) && !falls(rule, start_))
            refuse(0, "start-not-in-rule",
                   "Giờ bắt đầu mới không khớp quy tắc lặp. Sửa cả quy tắc, hoặc chọn ngày giờ thuộc quy tắc.",
                   "The new start is not on the recurrence rule. Change the rule too, or choose a time that is on it.");
        if (!before_.until) return rule;
        const auto& start = before_.sounding.start;
        const auto last = toLocal(*before_.until, start.zone) + shift_;
        rule.until = start.isDate ? writeTime({floor<days>(last), true, {}, 0})
                                  : writeTime({toLocal(toInstant(last, start.zone), "UTC"), false, "UTC", 0});
        return rule;
    }

    const Series& before_;
    LocalTime from_;
    LocalTime start_;
    seconds shift_{0};
    std::optional<Rule> rule_;
};

/// All originals about which the series or a station override says something.
std::vector<Original> named(const Series& series, const std::vector<StationOverride>& atStations) {
    std::set<Instant> wanted = series.excluded;
    for (const auto& [original, _] : series.overrides) wanted.insert(original);
    for (const auto& [original, _] : series.rangeOverrides) wanted.insert(original);
    for (const auto& change : atStations) wanted.insert(change.original);
    return findOriginals(series, wanted);
}

/// The originals of each excluded day.
using ExcludedDays = std::map<Interval, std::vector<Original>>;

ExcludedDays onExcludedDays(const Series& series) {
    ExcludedDays all;
    for (const auto& day : series.excludedDays)
        all.emplace(day, originals(series, {day.start, day.end - Milliseconds{1}}));
    return all;
}

/// Follows originals from the old series to the new one.
class Followed {
public:
    Followed(const Move& move, const Series& after, const std::vector<Original>& originals) {
        std::map<Instant, Instant> targets;
        std::set<Instant> wanted;
        for (const auto& original : originals) {
            const auto target = move.target(original);
            targets_.emplace(original.at, target);
            wanted.insert(target);
        }
        for (const auto& original : findOriginals(after, wanted)) there_.insert(original.at);
    }

    /// Empty where it is no occurrence any more.
    std::optional<Instant> to(Instant original) const {
        const auto target = targets_.find(original);
        if (target == targets_.end() || !there_.contains(target->second)) return std::nullopt;
        return target->second;
    }
    /// Where it would be.
    std::optional<Instant> towards(Instant original) const {
        const auto target = targets_.find(original);
        return target == targets_.end() ? std::nullopt : std::optional{target->second};
    }

private:
    std::map<Instant, Instant> targets_;
    std::set<Instant> there_;
};

void moveExclusions(const Series& before, Series& after, const Followed& followed, const ExcludedDays& daysBefore,
                    std::set<Instant>& lost) {
    after.excluded.clear();
    after.excludedDays.clear();
    for (const auto at : before.excluded) {
        if (const auto to = followed.to(at))
            after.excluded.insert(*to);
        else if (followed.towards(at))
            lost.insert(at);
    }
    for (const auto& [day, onDay] : daysBefore) {
        bool stays = true;
        std::set<Instant> moved;
        for (const auto& original : onDay) {
            stays = stays && day.contains(*followed.towards(original.at));
            if (const auto to = followed.to(original.at))
                moved.insert(*to);
            else
                lost.insert(original.at);
        }
        if (stays && (!moved.empty() || onDay.empty()))
            after.excludedDays.insert(day);
        else
            after.excluded.merge(moved);
    }
}

/// The override at its new original; what was moved by hand stays where it is.
Component movedOverride(Component event, const Override& change, const Series& after, Instant original) {
    setTime(event, "RECURRENCE-ID", timeAt(after, original));
    if (change.sounding.start.instant() != change.original) return event;
    setLength(event, change.sounding.length);
    setTime(event, "DTSTART", timeAt(after, original));
    return event;
}

void moveOverrides(const std::vector<Component>& events, const Series& before, const Series& after,
                   const Followed& followed, MovedSeries& moved, std::set<Instant>& lost) {
    std::map<std::pair<Instant, bool>, Component> kept;
    for (auto event = events.begin() + 1; event != events.end(); ++event) {
        const auto original = originalOf(*event, before.sounding.start.zone).instant();
        const bool andFuture = !event->find("RECURRENCE-ID")->parameter("RANGE").empty();
        const auto& change = (andFuture ? before.rangeOverrides : before.overrides).at(original);
        auto to = followed.to(original);
        if (!to && andFuture)  // it speaks for all that follow, so it goes to the next
            if (const auto next = nextOriginal(after, *followed.towards(original))) to = next->at;
        if (!to || (!andFuture && isExcluded(after, *to)))
            lost.insert(original);
        else
            kept.insert_or_assign({*to, andFuture}, movedOverride(*event, change, after, *to));
    }
    for (auto& [_, event] : kept) moved.events.push_back(std::move(event));
}

void moveAtStations(const std::vector<StationOverride>& before, const Series& after, const Followed& followed,
                    Component& master, std::set<Instant>& lost) {
    std::vector<StationOverride> kept;
    for (auto change : before) {
        const auto to = followed.to(change.original);
        if (!to || isExcluded(after, *to)) {
            lost.insert(change.original);
            continue;
        }
        change.original = *to;
        kept.push_back(change);
    }
    writeStationOverrides(master, kept);
}

}  // namespace

MovedSeries moveSeries(const std::vector<Component>& events, std::optional<LocalTime> start,
                       const std::optional<std::string>& rule) {
    const auto before = readSeries(events);
    const auto from = before.sounding.start;
    const Move move{before, start.value_or(from.local), rule};
    if (from.isDate && start && *start != floor<days>(*start))
        refuse(0, "all-day-start", "Sự kiện cả ngày bắt đầu từ 0 giờ. Chọn ngày bắt đầu, không chọn giờ.",
               "An all-day event starts at midnight. Choose a day, not a time.");
    MovedSeries moved{{events.front()}, {}};
    auto& master = moved.events.front();
    if (start) {
        setLength(master, before.sounding.length);
        setTime(master, "DTSTART", {*start, from.isDate, from.zone, 0});
    }
    master.remove("RRULE");
    if (move.rule()) master.set("RRULE", writeRule(*move.rule()));
    auto after = readSeries({master});
    after.extras.clear();
    const auto& zone = from.zone;
    for (const auto& [at, end] : before.extras) {
        const auto to = move.target({at, toLocal(at, zone), end});
        after.extras.emplace(to, end ? std::optional{to + (*end - at)} : std::nullopt);
    }
    setExtras(master, after);

    std::vector<StationOverride> atStations;
    for (auto& one : readStationOverrides(master)) atStations.push_back(std::move(one.change));
    const auto daysBefore = onExcludedDays(before);
    auto all = named(before, atStations);
    for (const auto& [_, onDay] : daysBefore) all.insert(all.end(), onDay.begin(), onDay.end());
    const Followed followed{move, after, all};
    std::set<Instant> lost;
    moveExclusions(before, after, followed, daysBefore, lost);
    setExclusions(master, after);
    moveAtStations(atStations, after, followed, master, lost);
    moveOverrides(events, before, after, followed, moved, lost);
    moved.lost.assign(lost.begin(), lost.end());
    return moved;
}

}  // namespace loa
