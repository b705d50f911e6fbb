// A foreign calendar to events. In order: the text (unfold.cpp, components.cpp), each VEVENT by itself (canonical.cpp),
// the VEVENTs of one UID together (series.cpp), what Loa knows beside (facts.cpp). The text of the event is written
// anew, so that nothing later depends on the file. Pure but for the zone tables; any thread.
#include "scheduler/calendar/read_events.h"

#include <algorithm>
#include <map>

#include "scheduler/calendar/canonical.h"
#include "scheduler/calendar/refusal.h"
#include "scheduler/calendar/series.h"
#include "scheduler/calendar/series_check.h"
#include "scheduler/calendar/values.h"

namespace loa {
namespace {

void readHead(const Component& calendar, Notices& notices) {
    checkHead(calendar);
    if (const auto* method = calendar.find("METHOD"); method != nullptr && upperCase(method->value) != "PUBLISH")
        notices.add(method->line, "method-ignored", "Lịch là thư mời hoặc trả lời. Loa chỉ đọc các sự kiện trong đó.",
                    "The calendar is an invitation or an answer. Loa only reads its events.");
    for (const auto& child : calendar.children)
        if (child.name != "VEVENT" && child.name != "VTIMEZONE")
            notices.add(child.line, "component-ignored", "Loa bỏ qua " + child.name + ", chỉ đọc sự kiện.",
                        "Loa ignores " + child.name + " and reads events only.");
}

/// The VEVENTs of each UID, in order of first appearance, taken out of `calendars`: a copy would double the memory.
std::vector<std::vector<Component>> groupByIdentity(std::vector<Component>& calendars) {
    std::vector<std::vector<Component>> groups;
    std::map<std::string, std::size_t> places;
    for (auto& calendar : calendars)
        for (auto& child : calendar.children) {
            if (child.name != "VEVENT") continue;
            const auto [place, isNew] = places.emplace(child.value("UID"), groups.size());
            if (isNew) groups.emplace_back();
            groups[place->second].push_back(std::move(child));
        }
    return groups;
}

/// Class, targets and policy are the series'; an override can only move, rename, cancel or give other media.
void noticeOverrideFacts(const std::vector<Component>& events, const AiringFacts& facts, Notices& notices) {
    for (const auto& event : events) {
        const auto* identity = event.find("RECURRENCE-ID");
        if (identity == nullptr) continue;
        const auto own = factsOf(event);
        const bool ofMaster = std::any_of(propertiesOfSeries.begin(), propertiesOfSeries.end(),
                                          [&](const char* name) { return event.find(name) != nullptr; });
        const AiringFacts unsaid{{}, {}, {}, defaultPolicy(MessageClass::normal)};
        if (!ofMaster && (sameButSource(own, unsaid) || sameButSource(own, facts))) continue;
        notices.add(identity->line, "override-facts-ignored",
                    "Loại tin, nơi phát và cách phát của lần sửa riêng được bỏ qua. Loa dùng của cả chuỗi.",
                    "Class, targets and policy of an override are ignored. Loa uses those of the series.");
    }
}

Event readEvent(std::vector<Component> events, const FileZones& zones, const std::string& defaultZone,
                SeriesCheck& check, std::vector<Notice>& all) {
    Notices notices{all, EventId{readText(events.front().value("UID"))}};
    std::vector<Notice> ignored;
    Notices unheard{ignored, {}};
    for (auto& event : events)
        makeCanonical(event, zones, defaultZone, event.find("RECURRENCE-ID") ? unheard : notices);
    std::stable_partition(events.begin(), events.end(), [](const auto& event) { return !event.find("RECURRENCE-ID"); });
    const auto series = readSeries(events);
    const auto& master = events.front();
    check.check(series, master);
    const auto facts = readFacts(master, notices);
    noticeOverrideFacts(events, facts, notices);
    if (series.sounding.title.empty())
        notices.add(master.line, "no-title", "Sự kiện chưa có tiêu đề. Đặt tiêu đề để dễ tìm.",
                    "The event has no title. Give it one to find it again.");
    const auto* sequence = master.find("SEQUENCE");
    return {series.id,
            series.sounding.title,
            facts.messageClass,
            facts.source,
            facts.targets,
            facts.policy,
            facts.owner,
            facts.campaign,
            facts.stationOverrides,
            sequence == nullptr ? 0 : readNumber(sequence->value, 0, 999'999'999, sequence->line),
            writeCalendar(events)};
}

EventReading readGroup(std::vector<Component> events, const FileZones& zones, const std::string& defaultZone,
                       SeriesCheck& check, std::vector<Notice>& all) {
    const auto& first = events.front();
    EventReading reading{EventId{readText(first.value("UID"))}, readText(first.value("SUMMARY")), first.line, Event{}};
    try {
        reading.outcome = readEvent(std::move(events), zones, defaultZone, check, all);
    } catch (const Error& refusal) {
        reading.outcome = refusal;
    }
    return reading;
}

}  // namespace

EventReadings readEachEvent(std::string_view icalText, const ReadOptions& options) {
    auto calendars = readComponents(icalText);
    const FileZones zones{calendars};
    const auto defaultZone = zones.resolve(options.defaultZone, 0);
    EventReadings read;
    Notices general{read.notices, {}};
    for (const auto& calendar : calendars) readHead(calendar, general);
    SeriesCheck check;
    for (auto& group : groupByIdentity(calendars))
        read.events.push_back(readGroup(std::move(group), zones, defaultZone, check, read.notices));
    if (read.events.empty())
        general.add(0, "no-events", "Tệp lịch không có sự kiện nào.", "The calendar has no events.");
    return read;
}

ReadEvents readEvents(std::string_view icalText, const ReadOptions& options) {
    auto each = readEachEvent(icalText, options);
    ReadEvents read{{}, std::move(each.notices)};
    for (auto& reading : each.events) {
        if (const auto* refusal = std::get_if<Error>(&reading.outcome)) throw *refusal;
        read.events.push_back(std::get<Event>(std::move(reading.outcome)));
    }
    return read;
}

}  // namespace loa
