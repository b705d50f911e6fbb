// The plan for people to look at, in any calendar program. What is written is chosen property by property: a feed goes
// to whoever has its address. Pure but for the zone tables; any thread. Never says when something sounds: that is
// plain_series.cpp.
#include "scheduler/calendar/write_feed.h"

#include <algorithm>
#include <array>

#include "scheduler/calendar/plain_series.h"
#include "scheduler/calendar/timezone.h"
#include "scheduler/calendar/values.h"

namespace loa {
namespace {

constexpr const char* refreshEvery = "PT1H";
constexpr std::array shown{"DTSTART", "DTEND",  "DURATION", "RECURRENCE-ID", "RRULE",
                           "RDATE",   "EXDATE", "SUMMARY",  "DESCRIPTION",   "TRANSP"};

struct Look {
    const char* category;
    const char* colour;  ///< of CSS3 (RFC 7986 5.9)
};

Look lookOf(MessageClass messageClass) {
    return messageClass == MessageClass::priority ? Look{"Ưu tiên", "crimson"} : Look{"Thông thường", "steelblue"};
}

std::string utcText(Instant at) {
    return writeTime({toLocal(at, "UTC"), false, "UTC", 0});
}

/// The VEVENT as others see it.
Component shownOf(const Component& event, const FeedEvent& given) {
    const auto look = lookOf(given.event.messageClass);
    Component seen{"VEVENT", 0, {}, {}};
    seen.set("UID", writeText(given.event.id.text()));
    seen.set("DTSTAMP", utcText(given.changed));
    seen.set("LAST-MODIFIED", utcText(given.changed));
    seen.set("SEQUENCE", std::to_string(given.event.sequence));
    std::copy_if(event.lines.begin(), event.lines.end(), std::back_inserter(seen.lines), [](const ContentLine& line) {
        return std::find(shown.begin(), shown.end(), line.name) != shown.end();
    });
    if (!given.location.empty()) seen.set("LOCATION", writeText(given.location));
    seen.set("STATUS", given.approved ? "CONFIRMED" : "TENTATIVE");
    seen.set("CATEGORIES", writeText(look.category));
    seen.set("COLOR", look.colour);
    return seen;
}

/// Old programs look for the X- properties, new ones for those of RFC 7986. Without LAST-MODIFIED, since an event that
/// went away would not show in it; without SOURCE, since the file would give its secret address away.
Component headOf(const FeedContent& content) {
    Component calendar{"VCALENDAR", 0, {}, {}};
    calendar.set("VERSION", "2.0");
    calendar.set("PRODID", "-//Loa//Loa//VI");
    calendar.set("CALSCALE", "GREGORIAN");
    calendar.set("UID", writeText(content.id));
    for (const auto* property : {"NAME", "X-WR-CALNAME"}) calendar.set(property, writeText(content.name));
    for (const auto* property : {"DESCRIPTION", "X-WR-CALDESC"}) calendar.set(property, writeText(content.description));
    calendar.set("X-WR-TIMEZONE", content.zone);
    calendar.lines.push_back({"REFRESH-INTERVAL", {{"VALUE", "DURATION"}}, refreshEvery, 0});
    calendar.set("X-PUBLISHED-TTL", refreshEvery);
    return calendar;
}

}  // namespace

std::string writeFeed(const FeedContent& content) {
    std::vector<Component> events;
    for (const auto& given : content.events)
        for (const auto& event : plainSeries(given, content.window)) events.push_back(shownOf(event, given));
    auto calendar = headOf(content);
    auto zones = zonesUsed(events);
    zones.emplace(content.zone, content.window.start);  // a calendar without a component would be none (RFC 5545 3.4)
    for (const auto& [zone, from] : zones) calendar.children.push_back(timezone(zone, from));
    std::move(events.begin(), events.end(), std::back_inserter(calendar.children));
    return writeComponent(calendar);
}

}  // namespace loa
