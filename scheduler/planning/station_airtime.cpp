// From the rules of the areas above a station to what holds there, day by day. Pure.
#include "scheduler/planning/station_airtime.h"

#include <algorithm>

namespace loa {
namespace {

using Rules = std::vector<const Airtime*>;

/// The rules of each area from the station's own up to the root: the nearest first.
std::vector<Rules> rulesAbove(const AreaId& area, const Places& places, std::span<const Airtime> rules) {
    std::vector<Rules> above;
    for (const Area* each : places.wayUp(area)) {
        Rules own;
        for (const Airtime& rule : rules)
            if (rule.area == each->id) own.push_back(&rule);
        above.push_back(std::move(own));
    }
    return above;
}

/// What each area above says for one day: at most one each, the nearest first.
Rules rulesOn(Day day, const std::vector<Rules>& above) {
    Rules valid;
    for (const Rules& ofArea : above)
        for (const Airtime* rule : ofArea)
            if ((!rule->validFrom || *rule->validFrom <= day) && (!rule->validTo || day <= *rule->validTo)) {
                valid.push_back(rule);
                break;
            }
    return valid;
}

const SpecialDays* specialOn(Day day, const Rules& rules) {
    for (const Airtime* rule : rules)
        for (const SpecialDays& special : rule->specialDays)
            if (special.first <= day && day <= special.last) return &special;
    return nullptr;
}

const std::vector<Daypart>* usualDayparts(const Rules& rules) {
    for (const Airtime* rule : rules)
        if (rule->dayparts) return &*rule->dayparts;
    return nullptr;
}

/// Puts weekly windows on the clock of one day at one place.
class OnDay {
public:
    OnDay(Day day, const std::string& zone, const InstantOf& instantOf)
        : midnight_{std::chrono::local_days{day}}, zone_{zone}, instantOf_{instantOf} {}

    Interval whole() const { return between(std::chrono::minutes{0}, std::chrono::days{1}); }
    /// Empty when it is not for this day of the week, or when a clock change swallowed it.
    std::optional<Interval> at(const DailyWindow& window) const {
        if (!window.weekdays.contains(std::chrono::weekday{midnight_})) return std::nullopt;
        const Interval found = between(window.from, window.from + window.length);
        return found.start < found.end ? std::optional{found} : std::nullopt;
    }

private:
    Interval between(std::chrono::minutes from, std::chrono::minutes to) const {
        return {instantOf_(midnight_ + from, zone_), instantOf_(midnight_ + to, zone_)};
    }
    std::chrono::local_days midnight_;
    const std::string& zone_;
    const InstantOf& instantOf_;
};

void addDayparts(AirtimeDay& day, const std::vector<Daypart>& dayparts, const OnDay& onDay) {
    day.restricted = true;
    for (const Daypart& daypart : dayparts)
        if (const auto at = onDay.at(daypart.window))
            day.dayparts.push_back(
                {daypart.window.name, *at,
                 daypart.ceiling ? std::min<Milliseconds>(*daypart.ceiling, at->length()) : at->length(),
                 daypart.volumeCeilingDb});
    std::sort(day.dayparts.begin(), day.dayparts.end(),
              [](const OpenDaypart& left, const OpenDaypart& right) { return left.at < right.at; });
}

template <class Limit, class Value>
void tighten(std::optional<Limit>& limit, const std::optional<Value>& other) {
    if (other && (!limit || *other < *limit)) limit = *other;
}

AirtimeDay airtimeDay(Day date, const Rules& rules, const OnDay& onDay) {
    AirtimeDay day;
    day.day = date;
    day.at = onDay.whole();
    if (const SpecialDays* special = specialOn(date, rules)) {
        day.special = special->name;
        addDayparts(day, special->dayparts, onDay);
    } else if (const auto* usual = usualDayparts(rules)) {
        addDayparts(day, *usual, onDay);
    }
    for (const Airtime* rule : rules) {
        for (const DailyWindow& quiet : rule->quietHours)
            if (const auto at = onDay.at(quiet)) day.quiet.push_back({quiet.name, *at});
        tighten(day.longest, rule->longestAnnouncement);
        tighten(day.airingsPerDay, rule->airingsPerDay);
    }
    std::sort(day.quiet.begin(), day.quiet.end(),
              [](const QuietTime& left, const QuietTime& right) { return left.at < right.at; });
    return day;
}

}  // namespace

int gainAt(const Station& station, const StationAirtime& airtime, Interval at) {
    int gain = std::min(0, station.volumeCeilingDb.value_or(0));
    for (const AirtimeDay& day : airtime.days)
        for (const OpenDaypart& daypart : day.dayparts)
            if (daypart.at.overlaps(at)) gain = std::min(gain, daypart.volumeCeilingDb.value_or(0));
    return gain;
}

StationAirtime airtimeOf(const Station& station, const Places& places, std::span<const Airtime> rules, Day first,
                         Day last, const InstantOf& instantOf) {
    const auto above = rulesAbove(station.area, places, rules);
    StationAirtime airtime;
    for (std::chrono::sys_days day{first}; day <= std::chrono::sys_days{last}; day += std::chrono::days{1})
        airtime.days.push_back(
            airtimeDay(Day{day}, rulesOn(Day{day}, above), OnDay{Day{day}, station.zone, instantOf}));
    return airtime;
}

}  // namespace loa
