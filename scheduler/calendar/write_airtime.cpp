// Airtime to RFC 7953. What the RFC has no word for stands in X-LOA- properties. Pure but for the zone tables; any
// thread. Never writes what readAirtime would read otherwise.
#include "scheduler/calendar/write_airtime.h"

#include "scheduler/calendar/airtime_rules.h"
#include "scheduler/calendar/read_airtime.h"
#include "scheduler/calendar/refusal.h"
#include "scheduler/calendar/rule.h"
#include "scheduler/calendar/series_lines.h"
#include "scheduler/calendar/timezone.h"

namespace loa {
namespace {

using namespace std::chrono;

constexpr const char* usualPriority = "9";
constexpr const char* specialPriority = "1";

std::string byDay(Weekdays weekdays) {
    std::string list;
    for (unsigned day = 1; day <= 7; ++day)
        if (weekdays.contains(weekday{day})) list.append(list.empty() ? "" : ",").append(weekdayName(weekday{day}));
    return list;
}

Component identified(const std::string& kind, const std::string& identity) {
    Component component{kind, 0, {}, {}};
    component.set("UID", writeText(identity));
    component.set("DTSTAMP", "19700101T000000Z");  // required, and nobody's: the same airtime is the same text
    return component;
}

/// Name, first day, length and weekly rule of a window.
void addWindow(Component& component, const DailyWindow& window, const DayRange& range, const std::string& zone) {
    const LocalTime start = local_days{firstFitting(range, window.weekdays)} + window.from;
    component.set("SUMMARY", writeText(window.name));
    setTime(component, "DTSTART", {start, false, zone, 0});
    component.set("DURATION", "PT" + std::to_string(window.length.count()) + "M");
    component.set("RRULE", "FREQ=WEEKLY;BYDAY=" + byDay(window.weekdays));
}

/// A VAVAILABILITY that is busy but in its dayparts.
Component availability(const std::string& identity, const char* priority, const DayRange& range,
                       const std::string& zone) {
    auto component = identified("VAVAILABILITY", identity);
    if (range.first) setTime(component, "DTSTART", {local_days{*range.first}, false, zone, 0});
    if (range.last) setTime(component, "DTEND", {local_days{*range.last} + days{1}, false, zone, 0});
    component.set("PRIORITY", priority);
    component.set("BUSYTYPE", "BUSY-UNAVAILABLE");
    return component;
}

void addDayparts(Component& component, const std::vector<Daypart>& dayparts, const DayRange& range,
                 const std::string& zone) {
    for (const auto& daypart : dayparts) {
        const auto number = std::to_string(component.children.size() + 1);
        auto available = identified("AVAILABLE", readText(component.value("UID")) + "-" + number);
        addWindow(available, daypart.window, range, zone);
        if (daypart.ceiling) available.set("X-LOA-CEILING", "PT" + std::to_string(daypart.ceiling->count()) + "M");
        if (daypart.volumeCeilingDb) available.set("X-LOA-VOLUME-CEILING", std::to_string(*daypart.volumeCeilingDb));
        component.children.push_back(std::move(available));
    }
}

Component usual(const Airtime& airtime, const std::string& identity, const std::string& zone) {
    auto component = availability(identity, usualPriority, rangeOf(airtime), zone);
    if (airtime.longestAnnouncement)
        component.set("X-LOA-LONGEST",
                      "PT" + std::to_string(floor<seconds>(*airtime.longestAnnouncement).count()) + "S");
    if (airtime.airingsPerDay) component.set("X-LOA-AIRINGS-PER-DAY", std::to_string(*airtime.airingsPerDay));
    if (airtime.dayparts)
        addDayparts(component, *airtime.dayparts, rangeOf(airtime), zone);
    else
        component.set("X-LOA-DAYPARTS", "INHERITED");
    return component;
}

Component special(const SpecialDays& days, const std::string& identity, const std::string& zone) {
    const DayRange range{days.first, days.last};
    auto component = availability(identity + "-" + formatDay(days.first), specialPriority, range, zone);
    component.set("SUMMARY", writeText(days.name));
    addDayparts(component, days.dayparts, range, zone);
    return component;
}

Component quiet(const DailyWindow& window, const DayRange& range, const std::string& identity,
                const std::string& zone) {
    auto event = identified("VEVENT", identity);
    addWindow(event, window, range, zone);
    if (const auto last = lastFitting(range, window.weekdays)) {
        const auto until = toInstant(local_days{*last} + window.from, zone);
        event.find("RRULE")->value += ";UNTIL=" + writeTime({toLocal(until, "UTC"), false, "UTC", 0});
    }
    event.set("TRANSP", "OPAQUE");
    event.set("X-LOA-KIND", "QUIET-HOURS");
    return event;
}

}  // namespace

std::string writeAirtime(std::span<const Airtime> airtimes, const std::string& zone) {
    if (!knownZone(zone)) unknownZone(zone, 0);
    checkAirtime(airtimes);
    Component calendar{"VCALENDAR", 0, {}, {}};
    calendar.set("VERSION", "2.0");
    calendar.set("PRODID", "-//Loa//Loa//VI");
    calendar.children.push_back(timezone(zone, sys_days{1970y / January / 1}));
    for (const auto& airtime : airtimes) {
        const auto from = airtime.validFrom ? formatDay(*airtime.validFrom) : "always";
        const auto identity = "airtime-" + airtime.area.text() + "-" + from;
        calendar.children.push_back(usual(airtime, identity, zone));
        for (const auto& days : airtime.specialDays) calendar.children.push_back(special(days, identity, zone));
        int number = 0;
        for (const auto& window : airtime.quietHours)
            calendar.children.push_back(
                quiet(window, rangeOf(airtime), identity + "-quiet-" + std::to_string(++number), zone));
    }
    return writeComponent(calendar);
}

}  // namespace loa
