// VEVENTs to a series of plain values. Here is decided what the parts of a series may say about each other; nothing is
// guessed, what contradicts itself is refused. Pure but for the zone tables; any thread.
#include "scheduler/calendar/series.h"

#include <algorithm>

#include "scheduler/calendar/facts.h"
#include "scheduler/calendar/refusal.h"

namespace loa {
namespace {

using namespace std::chrono;

constexpr int firstYear = 1970;
constexpr int lastYear = 2199;
constexpr std::size_t datesLimit = 2'000;  // of RDATE, and of EXDATE, of one event

[[noreturn]] void otherType(int line, const std::string& property) {
    refuse(line, "other-value-type", property + " phải cùng dạng với DTSTART: cùng là ngày, hoặc cùng có giờ. Sửa lại.",
           property + " must be of DTSTART's type: both a day, or both with a time. Correct it.");
}

[[noreturn]] void endBeforeStart(int line) {
    refuse(line, "end-before-start", "Giờ kết thúc phải sau giờ bắt đầu. Sửa lại giờ kết thúc.",
           "The end must be after the start. Correct the end.");
}

/// A time of a line in canonical form: a day gets the zone its event has for days.
TimeValue timeOf(const ContentLine& line, std::string_view text, const std::string& dayZone) {
    auto time = readTime(text, line.line);
    if (time.isDate)
        time.zone = dayZone;
    else if (time.zone.empty())
        time.zone = line.parameter("TZID");
    const int year = static_cast<int>(Day{floor<days>(time.local)}.year());
    if (year < firstYear || year > lastYear) yearOutOfRange(line.line);
    return time;
}

Length readEnd(const Component& event, const TimeValue& start, const std::string& dayZone) {
    const auto* end = event.find("DTEND");
    const auto* duration = event.find("DURATION");
    if (end != nullptr && duration != nullptr)
        refuse(duration->line, "end-and-duration", "Sự kiện có cả DTEND và DURATION. Giữ lại một trong hai.",
               "The event has both DTEND and DURATION. Keep one of them.");
    if (duration != nullptr) {
        const auto length = readLength(duration->value, duration->line);
        if (length == Length{}) noDuration(duration->line);
        if (start.isDate && length.exact != Milliseconds{0}) otherType(duration->line, "DURATION");
        return length;
    }
    if (end == nullptr) return start.isDate ? Length{1, Milliseconds{0}} : Length{};
    const auto time = timeOf(*end, end->value, dayZone);
    if (time.isDate != start.isDate) otherType(end->line, "DTEND");
    const auto wholeDays = start.isDate ? floor<days>(time.local) - floor<days>(start.local) : days{0};
    const auto exact = start.isDate ? Milliseconds{0} : time.instant() - start.instant();
    if (wholeDays + exact <= Milliseconds{0}) endBeforeStart(end->line);
    if (exact > days{366} || wholeDays > days{366}) tooLong(end->line);
    return {static_cast<int>(wholeDays.count()), exact};
}

/// `master` is what an override falls back on where it says nothing.
Sounding readSounding(const Component& event, const Sounding* master) {
    const auto* start = event.find("DTSTART");
    if (start == nullptr)
        refuse(event.line, "no-start", "Sự kiện thiếu DTSTART. Đặt giờ bắt đầu.",
               "The event has no DTSTART. Give it a start.");
    const auto dayZone = event.value("X-LOA-ZONE");
    Sounding sounding;
    sounding.start = timeOf(*start, start->value, dayZone);
    sounding.length = readEnd(event, sounding.start, dayZone);
    const bool cancelled = upperCase(event.value("STATUS")) == "CANCELLED";
    const auto transparency = upperCase(event.value("TRANSP"));
    const bool inherited = transparency.empty() && master != nullptr && master->silent;
    sounding.silent = cancelled || transparency == "TRANSPARENT" || inherited;
    std::vector<Notice> notices;
    Notices unheard{notices, {}};
    sounding.source = readSource(event, unheard);
    if (!sounding.source && master != nullptr) sounding.source = master->source;
    sounding.title =
        event.find("SUMMARY") == nullptr && master != nullptr ? master->title : readText(event.value("SUMMARY"));
    return sounding;
}

template <class Visit>
void eachDate(const Component& event, std::string_view property, Visit visit) {
    std::size_t count = 0;
    for (const auto& line : event.lines) {
        if (line.name != property) continue;
        for (const auto& text : split(line.value, ',')) {
            if (++count > datesLimit)
                refuse(line.line, "too-many-dates", "Sự kiện có hơn 2.000 ngày " + line.name + ". Dùng quy tắc lặp.",
                       "The event has over 2,000 dates of " + line.name + ". Use a recurrence rule.");
            visit(line, text);
        }
    }
}

void readExtra(Series& series, const ContentLine& line, const std::string& text, const std::string& dayZone) {
    const auto parts = split(text, '/');
    const auto start = timeOf(line, parts[0], dayZone);
    if (start.isDate != series.sounding.start.isDate) otherType(line.line, "RDATE");
    std::optional<Instant> end;
    if (parts.size() == 2 && !parts[1].empty()) {
        const bool isDuration = parts[1].front() == 'P' || parts[1].front() == '+' || parts[1].front() == '-';
        end = isDuration ? endOf(start.instant(), readLength(parts[1], line.line), start.zone)
                         : timeOf(line, parts[1], dayZone).instant();
        if (*end <= start.instant()) endBeforeStart(line.line);
        if (*end - start.instant() > days{366}) tooLong(line.line);
    } else if (parts.size() != 1) {
        refuse(line.line, "bad-date", "Khoảng giờ trong RDATE không đọc được. Sửa lại.",
               "The period in RDATE cannot be read. Correct it.");
    }
    series.extras.emplace(start.instant(), end);
}

void readExclusion(Series& series, const ContentLine& line, const std::string& text, const std::string& dayZone) {
    const auto& start = series.sounding.start;
    const auto time = timeOf(line, text, dayZone);
    if (time.isDate && !start.isDate)
        series.excludedDays.insert(dayInZone(Day{floor<days>(time.local)}, start.zone));
    else if (!time.isDate && start.isDate)
        otherType(line.line, "EXDATE");
    else
        series.excluded.insert(time.instant());
}

void readRecurrence(Series& series, const Component& master) {
    const auto& start = series.sounding.start;
    if (const auto* line = master.find("RRULE")) {
        series.rule = readRule(line->value, line->line);
        if (start.isDate && series.rule->setsTimeOfDay())
            refuse(line->line, "rule-unsupported", "Sự kiện cả ngày không lặp theo giờ được. Đặt giờ bắt đầu.",
                   "An all-day event cannot repeat by the hour. Give it a time.");
        if (!series.rule->until.empty()) {
            auto until = readTime(series.rule->until, line->line);
            if (until.isDate != start.isDate) otherType(line->line, "UNTIL");
            if (until.zone.empty()) until.zone = start.zone;
            series.until = until.instant();
        }
    }
    const auto dayZone = master.value("X-LOA-ZONE");
    eachDate(master, "RDATE", [&](const auto& line, const auto& text) { readExtra(series, line, text, dayZone); });
    const auto daysOff = dayZone.empty() ? start.zone : dayZone;
    eachDate(master, "EXDATE", [&](const auto& line, const auto& text) { readExclusion(series, line, text, daysOff); });
}

void readOverride(Series& series, const Component& event) {
    const auto& identity = *event.find("RECURRENCE-ID");
    for (const auto* property : {"RRULE", "RDATE", "EXDATE"})
        if (const auto* line = event.find(property))
            refuse(line->line, "rule-in-override", "Lần sửa riêng không được có quy tắc lặp. Tách thành sự kiện khác.",
                   "An override cannot repeat by itself. Make it an event of its own.");
    const auto original = originalOf(event, series.sounding.start.zone);
    if (original.isDate != series.sounding.start.isDate) otherType(identity.line, "RECURRENCE-ID");
    const auto range = upperCase(identity.parameter("RANGE"));
    if (!range.empty() && range != "THISANDFUTURE")
        refuse(identity.line, "bad-range", "RANGE chỉ nhận THISANDFUTURE. Sửa lại.",
               "RANGE takes only THISANDFUTURE. Correct it.");
    const Override override{original.instant(), !range.empty(), readSounding(event, &series.sounding), identity.line};
    auto& known = override.andFuture ? series.rangeOverrides : series.overrides;
    if (!known.emplace(override.original, override).second)
        refuse(identity.line, "double-override", "Một lần phát bị sửa riêng hai lần. Giữ lại một.",
               "One occurrence is overridden twice. Keep one of them.");
}

}  // namespace

Series readSeries(const std::vector<Component>& events) {
    const auto isMaster = [](const Component& event) { return event.find("RECURRENCE-ID") == nullptr; };
    const auto master = std::find_if(events.begin(), events.end(), isMaster);
    if (master == events.end())
        refuse(events.front().find("RECURRENCE-ID")->line, "override-without-series",
               "Lần sửa riêng không có sự kiện gốc trong tệp. Xuất lại cả chuỗi sự kiện.",
               "An override has no series in the file. Export the whole series.");
    const auto second = std::find_if(master + 1, events.end(), isMaster);
    if (second != events.end())
        refuse(second->line, "double-event", "Hai sự kiện có cùng UID. Giữ lại một.",
               "Two events have the same UID. Keep one of them.");
    Series series;
    series.id = EventId{readText(master->value("UID"))};
    series.sounding = readSounding(*master, nullptr);
    series.cancelled = upperCase(master->value("STATUS")) == "CANCELLED";
    readRecurrence(series, *master);
    for (const auto& event : events)
        if (!isMaster(event)) readOverride(series, event);
    return series;
}

TimeValue originalOf(const Component& event, const std::string& dayZone) {
    const auto& identity = *event.find("RECURRENCE-ID");
    return timeOf(identity, identity.value, dayZone);
}

const Override* rangeAt(const Series& series, Instant original) {
    const auto next = series.rangeOverrides.upper_bound(original);
    return next == series.rangeOverrides.begin() ? nullptr : &std::prev(next)->second;
}

}  // namespace loa
