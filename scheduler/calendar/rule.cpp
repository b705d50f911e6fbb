// Which rules are taken: those with one meaning, in Loa and in other programs. What libical 3.0.16, and so many a
// calendar program, gets wrong is refused: BYWEEKNO, BYSETPOS in DAILY and WEEKLY, negative BYMONTHDAY in DAILY.
// Pure; any thread. Never expands anything.
#include "scheduler/calendar/rule.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "scheduler/calendar/refusal.h"
#include "scheduler/calendar/values.h"

namespace loa {
namespace {

using Frequency = Rule::Frequency;
using Texts = std::map<std::string, std::string, std::less<>>;  // by name

constexpr std::array<std::string_view, 7> weekdayNames{"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
constexpr std::size_t weekdaysLimit = 7 * 11;
constexpr int intervalLimit = 366;
constexpr int countLimit = 10'000;
constexpr std::size_t startsADayLimit = 288;  // one in five minutes

[[noreturn]] void badRule(int line) {
    refuse(line, "bad-rule", "Quy tắc lặp không đọc được. Ghi lại, ví dụ FREQ=DAILY;COUNT=7.",
           "The recurrence rule cannot be read. Write it again, for example FREQ=DAILY;COUNT=7.");
}

[[noreturn]] void unsupported(int line, const std::string& part) {
    refuse(line, "rule-unsupported", "Loa không nhận quy tắc lặp có " + part + ". Đặt lịch theo ngày, thứ hoặc tháng.",
           "Loa does not take a recurrence rule with " + part + ". Plan by day, weekday or month.");
}

Texts partsOf(std::string_view value, int line) {
    constexpr std::array known{"FREQ",     "INTERVAL", "COUNT",  "UNTIL",      "WKST",      "BYSECOND",
                               "BYMINUTE", "BYHOUR",   "BYDAY",  "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO",
                               "BYMONTH",  "BYSETPOS", "RSCALE", "SKIP"};
    Texts parts;
    for (const auto& part : split(upperCase(value), ';')) {
        const auto equals = part.find('=');
        if (equals == std::string::npos || equals + 1 == part.size()) badRule(line);
        const auto name = part.substr(0, equals);
        const bool isKnown = std::find(known.begin(), known.end(), name) != known.end();
        if (!isKnown || !parts.emplace(name, part.substr(equals + 1)).second) badRule(line);
    }
    for (const auto* part : {"BYWEEKNO", "RSCALE", "SKIP"})
        if (parts.contains(part)) unsupported(line, part);
    return parts;
}

Frequency frequencyOf(const std::string& name, int line) {
    static const std::map<std::string, Frequency, std::less<>> names{{"HOURLY", Frequency::hourly},
                                                                     {"DAILY", Frequency::daily},
                                                                     {"WEEKLY", Frequency::weekly},
                                                                     {"MONTHLY", Frequency::monthly},
                                                                     {"YEARLY", Frequency::yearly}};
    if (name == "SECONDLY" || name == "MINUTELY")
        refuse(line, "rule-too-frequent",
               "Quy tắc lặp theo giây hoặc phút là quá dày. Đặt lịch theo giờ hoặc theo ngày.",
               "A rule by the second or minute is too frequent. Plan by the hour or by the day.");
    const auto found = names.find(name);
    if (found == names.end()) badRule(line);
    return found->second;
}

std::optional<std::chrono::weekday> weekdayOf(std::string_view text) {
    const auto* found = std::find(weekdayNames.begin(), weekdayNames.end(), text);
    if (found == weekdayNames.end()) return std::nullopt;
    return std::chrono::weekday{static_cast<unsigned>(found - weekdayNames.begin())};
}

NthWeekday readWeekday(const std::string& text, int line) {
    const auto day = text.size() < 2 ? std::nullopt : weekdayOf(text.substr(text.size() - 2));
    if (!day) badRule(line);
    const auto ordinal = text.substr(0, text.size() - 2);
    if (ordinal.empty()) return {0, *day};
    const int number = readNumber(ordinal, -53, 53, line);
    if (number == 0) badRule(line);
    return {number, *day};
}

std::string textOf(const Texts& texts, std::string_view name) {
    const auto found = texts.find(name);
    return found == texts.end() ? std::string{} : found->second;
}

/// Ascending, each once.
std::vector<int> readNumbers(const Texts& texts, std::string_view name, int least, int most, int line) {
    std::set<int> list;
    const auto text = textOf(texts, name);
    if (!text.empty())
        for (const auto& number : split(text, ',')) list.insert(readNumber(number, least, most, line));
    if (least < 0 && list.contains(0)) badRule(line);
    return {list.begin(), list.end()};
}

void readParts(Rule& rule, const Texts& texts, int line) {
    rule.frequency = frequencyOf(textOf(texts, "FREQ"), line);
    if (texts.contains("INTERVAL")) rule.interval = readNumber(textOf(texts, "INTERVAL"), 1, intervalLimit, line);
    rule.seconds = readNumbers(texts, "BYSECOND", 0, 59, line);
    rule.minutes = readNumbers(texts, "BYMINUTE", 0, 59, line);
    rule.hours = readNumbers(texts, "BYHOUR", 0, 23, line);
    rule.monthDays = readNumbers(texts, "BYMONTHDAY", -31, 31, line);
    rule.yearDays = readNumbers(texts, "BYYEARDAY", -366, 366, line);
    rule.months = readNumbers(texts, "BYMONTH", 1, 12, line);
    rule.positions = readNumbers(texts, "BYSETPOS", -366, 366, line);
    if (texts.contains("BYDAY"))
        for (const auto& day : split(textOf(texts, "BYDAY"), ',')) rule.days.push_back(readWeekday(day, line));
    if (rule.days.size() > weekdaysLimit) badRule(line);
    const auto weekStart = weekdayOf(texts.contains("WKST") ? textOf(texts, "WKST") : "MO");
    if (!weekStart) badRule(line);
    rule.weekStart = *weekStart;
}

bool hasOrdinal(const Rule& rule) {
    return std::any_of(rule.days.begin(), rule.days.end(), [](const NthWeekday& day) { return day.ordinal != 0; });
}

/// What RFC 5545 gives no meaning, or libical 3.0.16 another one.
void checkSupported(const Rule& rule, int line) {
    const bool yearly = rule.frequency == Frequency::yearly;
    const bool monthly = rule.frequency == Frequency::monthly;
    const bool hourly = rule.frequency == Frequency::hourly;
    const bool dates = !rule.monthDays.empty() || !rule.months.empty() || !rule.days.empty();
    const auto negative = [](int number) { return number < 0; };
    if (hourly && (dates || !rule.yearDays.empty())) unsupported(line, "HOURLY, BYMONTH/BYMONTHDAY/BYDAY");
    if (hourly && !rule.hours.empty()) unsupported(line, "HOURLY, BYHOUR");
    if (!rule.yearDays.empty() && (!yearly || dates)) unsupported(line, "BYYEARDAY");
    if (!rule.monthDays.empty() && rule.frequency == Frequency::weekly) unsupported(line, "WEEKLY, BYMONTHDAY");
    if (rule.frequency == Frequency::daily && std::any_of(rule.monthDays.begin(), rule.monthDays.end(), negative))
        unsupported(line, "DAILY, BYMONTHDAY < 0");
    if (hasOrdinal(rule) && ((!monthly && !yearly) || !rule.monthDays.empty())) unsupported(line, "BYDAY=2MO");
    if (rule.positions.empty()) return;
    const bool severalTimes = std::max({rule.hours.size(), rule.minutes.size(), rule.seconds.size()}) > 1;
    const bool alone = !dates;
    const bool both = !rule.yearDays.empty() || (!rule.monthDays.empty() && !rule.days.empty());
    const bool fromEnd = std::any_of(rule.monthDays.begin(), rule.monthDays.end(), negative);
    if ((!monthly && !yearly) || alone || both || fromEnd || severalTimes) unsupported(line, "BYSETPOS");
}

/// The most days one month or year of the rule can hold, from above.
std::size_t daysInSet(const Rule& rule) {
    const bool yearly = rule.frequency == Frequency::yearly;
    const std::size_t months = !yearly ? 1 : rule.months.empty() ? 12 : rule.months.size();
    if (!rule.monthDays.empty()) return months * rule.monthDays.size();
    if (rule.days.empty()) return months;
    const bool wholeYear = yearly && rule.months.empty();
    std::size_t days = 0;
    for (const auto& day : rule.days) days += day.ordinal != 0 ? 1 : wholeYear ? 53 : 5;
    return wholeYear ? days : months * days;
}

/// Rules that can be seen to be empty.
void checkMatches(const Rule& rule, int line) {
    constexpr std::array<int, 13> longest{31, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};  // [0]: any month
    if (!rule.monthDays.empty()) {
        const auto months = rule.months.empty() ? std::vector<int>{0} : rule.months;
        const bool some = std::any_of(months.begin(), months.end(), [&](int month) {
            return std::any_of(rule.monthDays.begin(), rule.monthDays.end(),
                               [&](int day) { return std::abs(day) <= longest[static_cast<std::size_t>(month)]; });
        });
        if (!some) ruleNever(line);
    }
    const bool wholeYear = rule.frequency == Frequency::yearly && rule.months.empty();
    for (const auto& day : rule.days)
        if (!wholeYear && std::abs(day.ordinal) > 5) ruleNever(line);
    const auto reachable = [&](int position) {
        return static_cast<std::size_t>(std::abs(position)) <= daysInSet(rule);
    };
    if (!rule.positions.empty() && std::none_of(rule.positions.begin(), rule.positions.end(), reachable))
        ruleNever(line);
}

/// A list of numbers ascending, each once: libical walks the times of a day in the order they are written, and so may
/// other programs.
std::string inOrder(const std::string& name, const std::string& list) {
    if (!name.starts_with("BY") || name == "BYDAY") return list;
    std::set<int> numbers;
    for (const auto& number : split(list, ',')) numbers.insert(std::stoi(number));
    std::string ordered;
    for (int number : numbers) ordered += (ordered.empty() ? "" : ",") + std::to_string(number);
    return ordered;
}

}  // namespace

std::size_t Rule::startsADay() const {
    const auto times = [](const std::vector<int>& list) { return std::max<std::size_t>(1, list.size()); };
    const auto hoursADay = static_cast<std::size_t>((24 + interval - 1) / interval);
    return (frequency == Frequency::hourly ? hoursADay : times(hours)) * times(minutes) * times(seconds);
}

Rule readRule(std::string_view value, int line) {
    const auto texts = partsOf(value, line);
    Rule rule;
    readParts(rule, texts, line);
    if (texts.contains("COUNT")) rule.count = readNumber(textOf(texts, "COUNT"), 1, countLimit, line);
    if (texts.contains("UNTIL")) rule.until = writeTime(readTime(textOf(texts, "UNTIL"), line));
    if (rule.count > 0 && !rule.until.empty())
        refuse(line, "count-and-until", "Quy tắc lặp có cả COUNT và UNTIL. Giữ lại một trong hai.",
               "The rule has both COUNT and UNTIL. Keep one of them.");
    checkSupported(rule, line);
    if (rule.startsADay() > startsADayLimit) ruleTooDense(line);
    checkMatches(rule, line);
    rule.pattern = "FREQ=" + textOf(texts, "FREQ");
    for (const auto& [name, text] : texts)
        if (name != "FREQ" && name != "COUNT" && name != "UNTIL")
            rule.pattern.append(";").append(name).append("=").append(inOrder(name, text));
    return rule;
}

Rule turned(const Rule& rule, int days) {
    Rule turned = rule;
    const auto on = [&](std::chrono::weekday day) { return day + std::chrono::days{days}; };
    const bool countsWeeks = rule.interval > 1 && rule.namesDays();
    turned.weekStart = on(rule.weekStart);
    std::string list;
    for (auto& [ordinal, day] : turned.days) {
        day = on(day);
        list.append(list.empty() ? "" : ",").append(weekdayName(day));
    }
    turned.pattern.clear();
    for (const auto& part : split(rule.pattern, ';')) {
        if (part.starts_with("WKST=")) continue;
        turned.pattern.append(turned.pattern.empty() ? "" : ";")
            .append(part.starts_with("BYDAY=") ? "BYDAY=" + list : part);
    }
    if (countsWeeks) turned.pattern.append(";WKST=").append(weekdayName(turned.weekStart));
    return turned;
}

std::string_view weekdayName(std::chrono::weekday day) {
    return weekdayNames[day.c_encoding()];
}

void ruleNever(int line) {
    refuse(line, "rule-never", "Quy tắc lặp không rơi vào ngày nào trong 8 năm. Kiểm tra ngày và tháng trong quy tắc.",
           "The recurrence rule falls on no day for 8 years. Check its days and months.");
}

void ruleTooDense(int line) {
    refuse(line, "rule-too-dense", "Quy tắc lặp phát quá nhiều lần một ngày. Bớt giờ hoặc phút trong quy tắc.",
           "The rule has too many starts a day. Take out hours or minutes.");
}

std::string writeRule(const Rule& rule) {
    if (rule.count > 0) return rule.pattern + ";COUNT=" + std::to_string(rule.count);
    return rule.until.empty() ? rule.pattern : rule.pattern + ";UNTIL=" + rule.until;
}

}  // namespace loa
