// A foreign VEVENT to the form Loa keeps. After this nothing depends any more on the file it came from or on the zone
// of the office. Pure but for the zone tables; any thread. Never decides when something sounds: that is series.cpp.
#include "scheduler/calendar/canonical.h"

#include <algorithm>
#include <array>
#include <map>

#include "scheduler/calendar/refusal.h"
#include "scheduler/calendar/rule.h"
#include "scheduler/calendar/timezone.h"
#include "scheduler/calendar/unicode.h"
#include "scheduler/calendar/values.h"

namespace loa {
namespace {

constexpr std::array onceOnly{
    "UID",           "DTSTAMP",       "DTSTART",         "DTEND",       "DURATION",    "RECURRENCE-ID",  "SUMMARY",
    "STATUS",        "TRANSP",        "PRIORITY",        "SEQUENCE",    "DESCRIPTION", "X-LOA-CLASS",    "X-LOA-START",
    "X-LOA-PREEMPT", "X-LOA-OVERRUN", "X-LOA-LATE-JOIN", "X-LOA-GRACE", "X-LOA-OWNER", "X-LOA-CAMPAIGN", "X-LOA-ZONE"};
constexpr std::array zonedTimes{"DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE"};
constexpr std::array plainTimes{"DTSTAMP", "CREATED", "LAST-MODIFIED", "COMPLETED", "ACKNOWLEDGED"};
constexpr std::size_t identityBytes = 255;  // RFC 7986 5.3

template <std::size_t size>
bool isOneOf(const std::array<const char*, size>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

void checkOnce(const Component& event) {
    std::map<std::string, int> seen;
    for (const auto& line : event.lines) {
        const bool again = ++seen[line.name] > 1;
        if (again && line.name == "RRULE")
            refuse(line.line, "two-rules", "Sự kiện có hai quy tắc lặp. Tách thành hai sự kiện.",
                   "The event has two recurrence rules. Make it two events.");
        if (again && isOneOf(onceOnly, line.name))
            refuse(line.line, "double-property", "Sự kiện có hai dòng " + line.name + ". Giữ lại một.",
                   "The event has two " + line.name + " lines. Keep one of them.");
    }
}

void checkIdentity(const Component& event) {
    const auto* line = event.find("UID");
    const auto identity = line == nullptr ? std::string{} : readText(line->value);
    if (identity.empty())
        refuse(event.line, "no-uid", "Sự kiện thiếu UID. Xuất lại từ chương trình lịch.",
               "The event has no UID. Export it again from the calendar program.");
    const auto isControl = [](char letter) { return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F; };
    if (identity.size() > identityBytes || std::any_of(identity.begin(), identity.end(), isControl))
        refuse(line->line, "bad-uid", "UID dài hơn 255 byte hoặc có ký tự điều khiển. Đặt UID khác.",
               "The UID is over 255 bytes or has control characters. Give it another.");
}

/// Dates nobody airs by: they must be real all the same.
void checkPlainTimes(const Component& component) {
    for (const auto& line : component.lines) {
        const bool trigger = line.name == "TRIGGER" && upperCase(line.parameter("VALUE")) == "DATE-TIME";
        if (trigger || isOneOf(plainTimes, line.name)) readTime(line.value, line.line);
    }
    for (const auto& child : component.children) checkPlainTimes(child);
}

/// The times a line holds; a period's start, and its end where that is no duration.
std::vector<TimeValue> timesOf(const ContentLine& line, bool periods) {
    std::vector<TimeValue> times;
    for (const auto& value : split(line.value, ',')) {
        const auto parts = split(value, '/');
        times.push_back(readTime(parts[0], line.line));
        const bool isPeriod = parts.size() > 1;
        if (isPeriod != periods)
            readTime(value, line.line);  // refuses it: a slash, or what should have one, is no time
        if (isPeriod && !parts[1].empty() && parts[1].front() >= '0' && parts[1].front() <= '9')
            times.push_back(readTime(parts[1], line.line));
    }
    return times;
}

void settleZone(ContentLine& line, const FileZones& zones, const std::string& defaultZone) {
    const auto type = upperCase(line.parameter("VALUE"));
    const auto times = timesOf(line, type == "PERIOD");
    const auto isDate = [](const TimeValue& time) { return time.isDate; };
    const auto isLocal = [](const TimeValue& time) { return !time.isDate && time.zone.empty(); };
    const bool dates = times.front().isDate;
    const bool sameKind =
        std::all_of(times.begin(), times.end(), isDate) || std::none_of(times.begin(), times.end(), isDate);
    if (!sameKind || (type == "DATE" && !dates) || (type == "PERIOD" && dates) || (type == "DATE-TIME" && dates))
        refuse(line.line, "bad-date", "Các ngày giờ trên dòng này khác dạng nhau hoặc khác VALUE. Sửa lại.",
               "The times of this line differ in kind from each other or from VALUE. Correct them.");
    const auto name = line.parameter("TZID");
    line.removeParameter("TZID");
    if (dates) line.setParameter("VALUE", "DATE");
    if (std::any_of(times.begin(), times.end(), isLocal))
        line.setParameter("TZID", name.empty() ? defaultZone : zones.resolve(name, line.line));
}

void settleZones(Component& event, const FileZones& zones, const std::string& defaultZone) {
    for (auto& line : event.lines)
        if (isZonedTime(line)) settleZone(line, zones, defaultZone);
    if (auto* dayZone = event.find("X-LOA-ZONE")) {
        dayZone->value = zones.resolve(dayZone->value, dayZone->line);
        return;
    }
    const auto* start = event.find("DTSTART");
    if (start != nullptr && start->parameter("VALUE") == "DATE") event.set("X-LOA-ZONE", defaultZone);
}

/// The rule in upper case; an UNTIL without zone is one of DTSTART's.
void settleRule(Component& event) {
    auto* line = event.find("RRULE");
    if (line == nullptr) return;
    auto rule = readRule(line->value, line->line);
    const auto* start = event.find("DTSTART");
    if (!rule.until.empty() && start != nullptr) {
        auto until = readTime(rule.until, line->line);
        const auto zone = start->value.ends_with('Z') ? std::string{"UTC"} : start->parameter("TZID");
        if (!until.isDate && until.zone.empty() && !zone.empty()) {
            until.local = toLocal(toInstant(until.local, zone), "UTC");
            until.zone = "UTC";
            rule.until = writeTime(until);
        }
    }
    line->value = writeRule(rule);
}

void settleWords(Component& event, Notices& notices) {
    if (auto* title = event.find("SUMMARY")) title->value = writeText(cleanTitle(readText(title->value), title->line));
    if (auto* status = event.find("STATUS"); status != nullptr && upperCase(status->value) == "CONFIRMED") {
        status->value = "TENTATIVE";
        notices.add(status->line, "not-approved", "CONFIRMED trong lịch không thay cho việc duyệt. Duyệt trong Loa.",
                    "CONFIRMED in a calendar is no approval. Approve it in Loa.");
    }
    for (const auto& child : event.children)
        if (child.name == "VALARM") {
            notices.add(child.line, "alarm-ignored", "Nhắc hẹn trong lịch được giữ lại nhưng không phát ra loa.",
                        "The calendar's alarm is kept but does not sound.");
            break;
        }
}

}  // namespace

void checkHead(const Component& calendar) {
    if (const auto* scale = calendar.find("CALSCALE"); scale != nullptr && upperCase(scale->value) != "GREGORIAN")
        refuse(scale->line, "other-calendar", "Loa chỉ nhận dương lịch. Xuất lại lịch theo dương lịch.",
               "Loa takes the Gregorian calendar only. Export in it.");
    if (const auto* version = calendar.find("VERSION"); version != nullptr && version->value != "2.0")
        refuse(version->line, "other-version", "Đây không phải iCalendar 2.0. Xuất lại dạng .ics.",
               "This is not iCalendar 2.0. Export it again as .ics.");
}

bool isZonedTime(const ContentLine& line) {
    return isOneOf(zonedTimes, line.name);
}

void makeCanonical(Component& event, const FileZones& zones, const std::string& defaultZone, Notices& notices) {
    checkOnce(event);
    checkIdentity(event);
    checkPlainTimes(event);
    settleZones(event, zones, defaultZone);
    settleRule(event);
    settleWords(event, notices);
}

std::string writeCalendar(const std::vector<Component>& events) {
    Component calendar{"VCALENDAR", 0, {}, {}};
    calendar.set("VERSION", "2.0");
    calendar.set("PRODID", "-//Loa//Loa//VI");
    for (const auto& [zone, from] : zonesUsed(events)) calendar.children.push_back(timezone(zone, from));
    calendar.children.insert(calendar.children.end(), events.begin(), events.end());
    return writeComponent(calendar);
}

std::vector<Component> readCalendar(const std::string& icalendar) {
    std::vector<Component> events;
    for (const auto& calendar : readComponents(icalendar))
        std::copy_if(calendar.children.begin(), calendar.children.end(), std::back_inserter(events),
                     [](const Component& child) { return child.name == "VEVENT"; });
    if (events.empty())
        refuseText(0, "no-events", "Tệp lịch không có sự kiện nào. Nhập lại sự kiện.",
                   "The calendar has no events. Import the event again.");
    return events;
}

}  // namespace loa
