// RFC 7953 to airtime. A VAVAILABILITY of PRIORITY 9 or none is an area's usual airtime, one of PRIORITY 1 to 8 its
// special days; opaque weekly VEVENTs are quiet hours. What would mean something else in Loa than in its file is
// refused. Pure but for the zone tables; any thread.
#include "scheduler/calendar/read_airtime.h"

#include <algorithm>

#include "scheduler/calendar/airtime_rules.h"
#include "scheduler/calendar/canonical.h"
#include "scheduler/calendar/file_zones.h"
#include "scheduler/calendar/refusal.h"
#include "scheduler/calendar/rule.h"
#include "scheduler/calendar/unicode.h"
#include "scheduler/calendar/values.h"

namespace loa {
namespace {

using namespace std::chrono;

constexpr int usualPriority = 9;

/// Refuses what Loa could only guess at.
[[noreturn]] void unclear(int line, const std::string& vietnamese, const std::string& english) {
    refuse(line, "airtime-unclear", vietnamese, english);
}

[[noreturn]] void wholeMinutes(int line) {
    unclear(line, "Giờ phát và độ dài phải tròn phút. Sửa lại.", "Times and lengths are whole minutes. Correct them.");
}

void refuseAll(const Component& component, std::initializer_list<const char*> properties) {
    for (const auto* property : properties)
        if (const auto* line = component.find(property))
            unclear(line->line, "Loa không nhận " + line->name + " trong giờ phát. Ghi thành khung giờ hằng tuần.",
                    "Loa does not take " + line->name + " in airtime. Write it as a weekly window.");
}

void refuseOthers(const Component& component, std::initializer_list<std::string_view> known) {
    for (const auto& child : component.children)
        if (std::find(known.begin(), known.end(), child.name) == known.end())
            unclear(child.line, "Loa không nhận " + child.name + " trong tệp giờ phát. Bỏ khỏi tệp.",
                    "Loa does not take a " + child.name + " in an airtime file. Take it out.");
}

class AirtimeReader {
public:
    AirtimeReader(const std::vector<Component>& calendars, AreaId area, std::string zone)
        : calendars_{calendars}, zones_{calendars}, area_{std::move(area)}, zone_{std::move(zone)} {}

    std::vector<Airtime> read() {
        for (const auto& calendar : calendars_) refuseOthers(calendar, {"VAVAILABILITY", "VEVENT", "VTIMEZONE"});
        each("VAVAILABILITY", [&](const Component& one) {
            if (!isSpecial(one)) readUsual(one);
        });
        if (airtimes_.empty())
            refuse(0, "no-airtime", "Tệp không có giờ phát thường ngày (VAVAILABILITY). Chọn tệp khác.",
                   "The file has no usual airtime (VAVAILABILITY). Choose another file.");
        each("VAVAILABILITY", [&](const Component& one) {
            if (isSpecial(one)) readSpecial(one);
        });
        each("VEVENT", [&](const Component& one) { readQuietHours(one); });
        for (auto& airtime : airtimes_)
            std::sort(airtime.specialDays.begin(), airtime.specialDays.end(),
                      [](const SpecialDays& one, const SpecialDays& other) { return one.first < other.first; });
        std::sort(airtimes_.begin(), airtimes_.end(),
                  [](const Airtime& one, const Airtime& other) { return one.validFrom < other.validFrom; });
        return std::move(airtimes_);
    }

private:
    template <class Visit>
    void each(std::string_view name, Visit visit) const {
        for (const auto& calendar : calendars_)
            for (const auto& child : calendar.children)
                if (child.name == name) visit(child);
    }

    static bool isSpecial(const Component& component) {
        const auto* priority = component.find("PRIORITY");
        const int level = priority == nullptr ? 0 : readNumber(priority->value, 0, 9, priority->line);
        return level > 0 && level < usualPriority;
    }

    /// A time of day in the area's zone.
    LocalTime localAt(const ContentLine& line) const {
        const auto time = readTime(line.value, line.line);
        const int year = static_cast<int>(Day{floor<days>(time.local)}.year());
        if (year < 1970 || year > 2200) yearOutOfRange(line.line);
        const auto name = line.parameter("TZID");
        const auto zone = !time.zone.empty() ? time.zone : name.empty() ? zone_ : zones_.resolve(name, line.line);
        if (zone != zone_)
            refuse(line.line, "other-zone",
                   "Giờ trong tệp theo múi giờ " + zone + ", địa bàn theo " + zone_ + ". Đổi múi giờ trong tệp.",
                   "The file's times are of " + zone + ", the area's of " + zone_ + ". Change the zone in the file.");
        if (time.local != floor<minutes>(time.local)) wholeMinutes(line.line);
        return time.local;
    }

    Day dayAt(const ContentLine& line) const {
        const auto at = localAt(line);
        if (at != floor<days>(at))
            unclear(line.line, "Giờ phát có hiệu lực theo ngày tròn. Sửa giờ thành 00:00.",
                    "Airtime holds for whole days. Change the time to 00:00.");
        return Day{floor<days>(at)};
    }

    DayRange rangeOf(const Component& component) const {
        refuseOthers(component, {"AVAILABLE"});
        refuseAll(component, {"DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"});
        const auto* busy = component.find("BUSYTYPE");
        if (busy != nullptr && upperCase(busy->value) != "BUSY-UNAVAILABLE")
            unclear(busy->line, "Ngoài các buổi phát, Loa không phát: BUSYTYPE phải là BUSY-UNAVAILABLE. Sửa lại.",
                    "Outside of its dayparts nothing airs: BUSYTYPE must be BUSY-UNAVAILABLE. Correct it.");
        DayRange range;
        if (const auto* start = component.find("DTSTART")) range.first = dayAt(*start);
        if (const auto* end = component.find("DTEND")) range.last = sys_days{dayAt(*end)} - days{1};
        return range;
    }

    /// From DTSTART to DTEND or for DURATION, by the clock on the wall.
    minutes lengthOf(const Component& component, LocalTime start) const {
        const auto* end = component.find("DTEND");
        const auto* duration = component.find("DURATION");
        if ((end == nullptr) == (duration == nullptr))
            unclear(component.line, "Khung giờ phải có DURATION hoặc DTEND, một trong hai. Ghi thêm hoặc bớt.",
                    "A window has a DURATION or a DTEND, one of them. Add or take out one.");
        if (end != nullptr) return duration_cast<minutes>(localAt(*end) - start);
        const auto length = readLength(duration->value, duration->line);
        const auto whole = days{length.days} + floor<minutes>(length.exact);
        if (days{length.days} + length.exact != whole) wholeMinutes(duration->line);
        return whole;
    }

    /// The days of a weekly rule; of a window without one the day it is on.
    static Weekdays weekdaysOf(const Component& component, weekday usual) {
        const auto* line = component.find("RRULE");
        if (line == nullptr) return {usual};
        const auto rule = readRule(line->value, line->line);
        const bool daily = rule.frequency == Rule::Frequency::daily;
        const bool weekly = rule.frequency == Rule::Frequency::weekly;
        const bool plain = (daily || weekly) && rule.interval == 1 && rule.count == 0 && rule.months.empty() &&
                           rule.monthDays.empty() && !rule.setsTimeOfDay();
        if (!plain)
            unclear(line->line, "Khung giờ chỉ lặp hằng tuần theo thứ (FREQ=WEEKLY;BYDAY=…). Sửa quy tắc lặp.",
                    "A window only repeats weekly by day (FREQ=WEEKLY;BYDAY=…). Correct the rule.");
        if (rule.days.empty()) return daily ? Weekdays::all() : Weekdays{usual};
        Weekdays days;
        for (const auto& one : rule.days) days.add(one.day);
        return days;
    }

    DailyWindow windowOf(const Component& component) const {
        refuseAll(component, {"RDATE", "EXDATE", "RECURRENCE-ID"});
        const auto* start = component.find("DTSTART");
        if (start == nullptr)
            unclear(component.line, "Khung giờ thiếu DTSTART. Ghi giờ bắt đầu.",
                    "A window has no DTSTART. Give it one.");
        const auto at = localAt(*start);
        const auto day = floor<days>(at);
        const auto* name = component.find("SUMMARY");
        DailyWindow window;
        if (name != nullptr) window.name = cleanTitle(readText(name->value), name->line);
        window.weekdays = weekdaysOf(component, weekday{day});
        window.from = duration_cast<minutes>(at - day);
        window.length = lengthOf(component, at);
        return window;
    }

    Daypart daypartOf(const Component& available, const DayRange& range) const {
        Daypart daypart{windowOf(available), std::nullopt};
        const auto* rule = available.find("RRULE");
        const bool brief = range.first && range.last && sys_days{*range.last} - sys_days{*range.first} < days{7};
        const bool ends = rule != nullptr && !readRule(rule->value, rule->line).until.empty();
        const auto& start = *available.find("DTSTART");
        const auto day = Day{floor<days>(localAt(start))};
        const bool once = rule == nullptr && !(brief && range.contains(day));
        if (once || ends || day > firstFitting(range, daypart.window.weekdays) ||
            !daypart.window.weekdays.contains(weekday{sys_days{day}}))
            unclear(available.line, "Buổi phát phải có suốt thời gian hiệu lực. Bỏ UNTIL, và bắt đầu từ ngày đầu tiên.",
                    "A daypart holds all the time its rules do. Take out UNTIL, and start it on the first day.");
        if (const auto* ceiling = available.find("X-LOA-CEILING")) {
            const auto length = readLength(ceiling->value, ceiling->line);
            daypart.ceiling = floor<minutes>(days{length.days} + length.exact);
            if (*daypart.ceiling != days{length.days} + length.exact) wholeMinutes(ceiling->line);
        }
        if (const auto* volume = available.find("X-LOA-VOLUME-CEILING"))
            daypart.volumeCeilingDb = readNumber(volume->value, lowestVolumeCeilingDb, 0, volume->line);
        return daypart;
    }

    std::vector<Daypart> daypartsOf(const Component& component, const DayRange& range) const {
        std::vector<Daypart> dayparts;
        for (const auto& child : component.children) {
            if (child.name != "AVAILABLE") continue;
            dayparts.push_back(daypartOf(child, range));
            checkDayparts(dayparts, range, child.line);
        }
        return dayparts;
    }

    void readUsual(const Component& component) {
        const auto range = rangeOf(component);
        Airtime airtime;
        airtime.area = area_;
        airtime.validFrom = range.first;
        airtime.validTo = range.last;
        airtimes_.push_back(airtime);
        checkValidity(airtimes_, component.line);
        const auto* inherited = component.find("X-LOA-DAYPARTS");
        auto dayparts = daypartsOf(component, range);
        if (inherited != nullptr && (upperCase(inherited->value) != "INHERITED" || !dayparts.empty()))
            unclear(inherited->line, "X-LOA-DAYPARTS chỉ nhận INHERITED, khi không có buổi phát nào. Sửa lại.",
                    "X-LOA-DAYPARTS takes only INHERITED, where there is no daypart. Correct it.");
        if (inherited == nullptr) airtime.dayparts = std::move(dayparts);
        if (const auto* longest = component.find("X-LOA-LONGEST")) {
            const auto length = readLength(longest->value, longest->line);
            airtime.longestAnnouncement = days{length.days} + length.exact;
        }
        if (const auto* most = component.find("X-LOA-AIRINGS-PER-DAY"))
            airtime.airingsPerDay = readNumber(most->value, 1, 1'000, most->line);
        checkLimits(airtime, component.line);
        airtimes_.back() = std::move(airtime);
    }

    Airtime& airtimeOn(Day day, int line) {
        const auto found = std::find_if(airtimes_.begin(), airtimes_.end(), [&](const Airtime& airtime) {
            return DayRange{airtime.validFrom, airtime.validTo}.contains(day);
        });
        if (found == airtimes_.end())
            unclear(line, "Không có giờ phát thường ngày nào có hiệu lực vào ngày này. Sửa ngày.",
                    "No usual airtime holds on this day. Correct the day.");
        return *found;
    }

    void readSpecial(const Component& component) {
        const auto range = rangeOf(component);
        if (!range.first || !range.last)
            unclear(component.line, "Ngày đặc biệt phải có DTSTART và DTEND. Ghi đủ ngày đầu và ngày cuối.",
                    "Special days have a DTSTART and a DTEND. Give both.");
        refuseAll(component, {"X-LOA-DAYPARTS", "X-LOA-LONGEST", "X-LOA-AIRINGS-PER-DAY"});
        const auto* name = component.find("SUMMARY");
        auto& airtime = airtimeOn(*range.first, component.line);
        airtime.specialDays.push_back(
            {name == nullptr ? "" : cleanTitle(readText(name->value), name->line), *range.first, *range.last, {}});
        checkSpecialDays(airtime, component.line);
        airtime.specialDays.back().dayparts = daypartsOf(component, range);
    }

    void readQuietHours(const Component& event) {
        const auto* kind = event.find("X-LOA-KIND");
        if (kind == nullptr || upperCase(kind->value) != "QUIET-HOURS" ||
            upperCase(event.value("TRANSP")) == "TRANSPARENT" || upperCase(event.value("STATUS")) == "CANCELLED")
            unclear(event.line, "Sự kiện này không phải giờ yên tĩnh (X-LOA-KIND:QUIET-HOURS). Bỏ khỏi tệp.",
                    "This event is no quiet hours (X-LOA-KIND:QUIET-HOURS). Take it out of the file.");
        const auto window = windowOf(event);
        const auto day = Day{floor<days>(localAt(*event.find("DTSTART")))};
        auto& airtime = airtimeOn(day, event.line);
        airtime.quietHours.push_back(window);
        checkLimits(airtime, event.line);
        const DayRange range{airtime.validFrom, airtime.validTo};
        const auto* rule = event.find("RRULE");
        if (rule == nullptr || day != firstFitting(range, window.weekdays) || !endsWith(*rule, window, range))
            unclear(event.line, "Giờ yên tĩnh phải lặp hằng tuần, suốt thời gian hiệu lực. Sửa ngày đầu hoặc UNTIL.",
                    "Quiet hours repeat weekly all the time their rules hold. Correct the first day or UNTIL.");
    }

    /// Whether the last window of a rule is the last of the range.
    bool endsWith(const ContentLine& line, const DailyWindow& window, const DayRange& range) const {
        const auto rule = readRule(line.value, line.line);
        const auto last = lastFitting(range, window.weekdays);
        if (!last || rule.until.empty()) return !last && rule.until.empty();
        auto until = readTime(rule.until, line.line);
        if (until.zone.empty()) until.zone = zone_;
        const auto lastStart = toInstant(local_days{*last} + window.from, zone_);
        const auto afterLast = firstFitting({Day{sys_days{*last} + days{1}}, {}}, window.weekdays);
        return until.instant() >= lastStart && until.instant() < toInstant(local_days{afterLast} + window.from, zone_);
    }

    const std::vector<Component>& calendars_;
    FileZones zones_;
    AreaId area_;
    std::string zone_;
    std::vector<Airtime> airtimes_;
};

}  // namespace

std::vector<Airtime> readAirtime(std::string_view text, const AreaId& area, const std::string& zone) {
    if (!knownZone(zone)) unknownZone(zone, 0);
    const auto calendars = readComponents(text);
    for (const auto& calendar : calendars) checkHead(calendar);
    auto airtimes = AirtimeReader{calendars, area, zone}.read();
    checkAirtime(airtimes);
    return airtimes;
}

}  // namespace loa
