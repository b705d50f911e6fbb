// Events to iCalendar, and new events. Whatever is made or changed here goes the way of a foreign calendar or changes
// single lines of a text that went it, so there is one set of checks. Pure but for the zone tables; any thread.
#include "scheduler/calendar/write_events.h"

#include <algorithm>

#include "scheduler/calendar/canonical.h"
#include "scheduler/calendar/facts.h"
#include "scheduler/calendar/made_event.h"
#include "scheduler/calendar/refusal.h"
#include "scheduler/calendar/rule.h"
#include "scheduler/calendar/unicode.h"
#include "scheduler/calendar/values.h"

namespace loa {
namespace {

AiringFacts factsOf(const Component& component) {
    std::vector<Notice> ignored;
    Notices unheard{ignored, {}};
    return readFacts(component, unheard);
}

void checkDraft(const EventDraft& draft) {
    if (!knownZone(draft.zone))
        refuse(0, "unknown-zone", "Không có múi giờ “" + draft.zone + "”. Chọn múi giờ như Asia/Ho_Chi_Minh.",
               "There is no time zone '" + draft.zone + "'. Choose one such as Asia/Ho_Chi_Minh.");
    if (draft.duration <= Milliseconds{0})
        refuse(0, "no-duration", "Thời lượng phải lớn hơn 0. Nhập lại thời lượng.",
               "The duration must be more than 0. Enter it again.");
    if (cleanTitle(draft.title).empty())
        refuse(0, "no-title", "Sự kiện chưa có tiêu đề. Đặt tiêu đề.", "The event has no title. Give it one.");
}

Component componentOf(const EventDraft& draft) {
    Component event{"VEVENT", 0, {}, {}};
    const LocalTime stamp{floor<std::chrono::seconds>(draft.stamp).time_since_epoch()};
    const auto length = ceil<std::chrono::seconds>(draft.duration);
    event.set("UID", writeText(draft.id.text()));
    event.set("DTSTAMP", writeTime({stamp, false, "UTC", 0}));
    event.set("SUMMARY", writeText(cleanTitle(draft.title)));
    event.set("DTSTART", writeTime({draft.start, false, {}, 0}));
    event.lines.back().setParameter("TZID", draft.zone);
    event.set("DURATION", "PT" + std::to_string(length.count()) + "S");
    if (!draft.rule.empty()) event.set("RRULE", writeRule(readRule(draft.rule, 0)));
    if (!draft.description.empty()) event.set("DESCRIPTION", writeText(draft.description));
    writeFacts(event, draft.facts);
    return event;
}

}  // namespace

Event makeEvent(const EventDraft& draft) {
    checkDraft(draft);
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
    auto before = factsOf(components.front());
    before.owner.reset();  // an override never has these two
    before.stationOverrides.clear();
    for (auto& component : components)
        if (&component == &components.front() || factsOf(component) == before) writeFacts(component, facts);
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
