// Events to iCalendar, and new events. Whatever is made or changed here goes the way of a foreign calendar or changes
// single lines of a text that went it, so there is one set of checks. Pure but for the zone tables; any thread.
#include "scheduler/calendar/write_events.h"

#include <algorithm>

#include "scheduler/calendar/canonical.h"
#include "scheduler/calendar/facts.h"
#include "scheduler/calendar/made_event.h"
#include "scheduler/calendar/refusal.h"
#include "scheduler/calendar/rule.h"
#include "scheduler/calendar/series_lines.h"
#include "scheduler/calendar/unicode.h"
#include "scheduler/calendar/values.h"

namespace loa {
namespace {

Component componentOf(const EventDraft& draft) {
    Component event{"VEVENT", 0, {}, {}};
    const LocalTime stamp{floor<std::chrono::seconds>(draft.stamp).time_since_epoch()};
    event.set("UID", writeText(draft.id.text()));
    event.set("DTSTAMP", writeTime({stamp, false, "UTC", 0}));
    event.set("SUMMARY", writeText(titleFrom(draft.title)));
    setTime(event, "DTSTART", {draft.start, false, draft.zone, 0});
    setLength(event, lengthFrom(draft.duration));
    if (!draft.rule.empty()) event.set("RRULE", writeRule(readRule(draft.rule, 0)));
    if (!draft.excluded.empty()) {
        auto series = readSeries({event});
        for (const auto start : draft.excluded) series.excluded.insert(toInstant(start, draft.zone));
        setExclusions(event, series);
    }
    if (!draft.description.empty()) event.set("DESCRIPTION", writeText(draft.description));
    if (draft.sequence > 0) event.set("SEQUENCE", std::to_string(draft.sequence));
    writeFacts(event, draft.facts);
    return event;
}

}  // namespace

AiringFacts airingFactsOf(const Event& event) {
    return {event.messageClass, event.source,           event.targets, event.policy,
            event.owner,        event.stationOverrides, event.campaign};
}

Event makeEvent(const EventDraft& draft) {
    if (!knownZone(draft.zone)) unknownZone(draft.zone, 0);
    return madeEvent({componentOf(draft)});
}

Event withTitle(const Event& event, const std::string& title) {
    auto components = readCalendar(event.icalendar);
    const auto before = components.front().value("SUMMARY");
    Event renamed = event;
    renamed.title = cleanTitle(title);
    for (auto& component : components) {
        const bool follows = component.find("SUMMARY") != nullptr && component.value("SUMMARY") == before;
        if (&component == &components.front() || follows) component.set("SUMMARY", writeText(renamed.title));
    }
    renamed.icalendar = writeCalendar(components);
    return renamed;
}

Event withFacts(const Event& event, const AiringFacts& facts) {
    auto components = readCalendar(event.icalendar);
    writeFacts(components, facts);
    return madeEvent(components);
}

std::string writeEvents(std::span<const Event> events) {
    std::vector<Component> all;
    for (const auto& event : events) {
        auto components = readCalendar(event.icalendar);
        std::move(components.begin(), components.end(), std::back_inserter(all));
    }
    return writeCalendar(all);
}

}  // namespace loa
