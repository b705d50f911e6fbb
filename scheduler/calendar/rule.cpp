// Which rules are taken. Works on the text, because libical 3.0.16 wraps numbers without a word, searches for minutes
// after dates that never come, and gets BYWEEKNO, BYSETPOS in DAILY and WEEKLY, and negative BYMONTHDAY in DAILY wrong.
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

constexpr std::array<std::string_view, 7> weekdayNames{"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
constexpr int intervalLimit = 366;
constexpr int countLimit = 10'000;
constexpr int startsADayLimit = 288;  // one in five minutes

struct WeekdayOf {
    int ordinal = 0;  // 0: every one
    std::string day;
};

struct Parts {
    Frequency frequency = Frequency::daily;
    int interval = 1;
    std::vector<int> seconds, minutes, hours, monthDays, yearDays, months, positions;
    std::vector<WeekdayOf> days;
    std::chrono::weekday weekStart;
};

[[noreturn]] void badRule(int line) {
    refuse(line, "bad-rule", "Quy tắc lặp không đọc được. Ghi lại, ví dụ FREQ=DAILY;COUNT=7.",
           "The recurrence rule cannot be read. Write it again, for example FREQ=DAILY;COUNT=7.");
}

[[noreturn]] void unsupported(int line, const std::string& part) {
    refuse(line, "rule-unsupported", "Loa không nhận quy tắc lặp có " + part + ". Đặt lịch theo ngày, thứ hoặc tháng.",
           "Loa does not take a recurrence rule with " + part + ". Plan by day, weekday or month.");
}

std::map<std::string, std::string, std::less<>> partsOf(std::string_view value, int line) {
    constexpr std::array known{"FREQ",     "INTERVAL", "COUNT",  "UNTIL",      "WKST",      "BYSECOND",
                               "BYMINUTE", "BYHOUR",   "BYDAY",  "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO",
                               "BYMONTH",  "BYSETPOS", "RSCALE", "SKIP"};
    std::map<std::string, std::string, std::less<>> parts;
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

WeekdayOf readWeekday(const std::string& text, int line) {
    if (text.size() < 2 || !weekdayOf(text.substr(text.size() - 2))) badRule(line);
    const auto ordinal = text.substr(0, text.size() - 2);
    if (ordinal.empty()) return {0, text};
    const int number = readNumber(ordinal, -53, 53, line);
    if (number == 0) badRule(line);
    return {number, text.substr(text.size() - 2)};
}

Parts readParts(const std::map<std::string, std::string, std::less<>>& texts, int line) {
    const auto text = [&](std::string_view name) {
        const auto found = texts.find(name);
        return found == texts.end() ? std::string{} : found->second;
    };
    const auto numbers = [&](std::string_view name, int least, int most) {
        std::vector<int> list;
        if (text(name).empty()) return list;
        for (const auto& number : split(text(name), ',')) list.push_back(readNumber(number, least, most, line));
        const bool zero = least < 0 && std::find(list.begin(), list.end(), 0) != list.end();
        if (zero || list.size() > static_cast<std::size_t>(2 * most + 1)) badRule(line);
        return list;
    };
    Parts parts;
    parts.frequency = frequencyOf(text("FREQ"), line);
    if (texts.contains("INTERVAL")) parts.interval = readNumber(text("INTERVAL"), 1, intervalLimit, line);
    parts.seconds = numbers("BYSECOND", 0, 59);
    parts.minutes = numbers("BYMINUTE", 0, 59);
    parts.hours = numbers("BYHOUR", 0, 23);
    parts.monthDays = numbers("BYMONTHDAY", -31, 31);
    parts.yearDays = numbers("BYYEARDAY", -366, 366);
    parts.months = numbers("BYMONTH", 1, 12);
    parts.positions = numbers("BYSETPOS", -366, 366);
    if (texts.contains("BYDAY"))
        for (const auto& day : split(text("BYDAY"), ',')) parts.days.push_back(readWeekday(day, line));
    if (parts.days.size() > 7 * 11) badRule(line);
    const auto weekStart = weekdayOf(texts.contains("WKST") ? text("WKST") : "MO");
    if (!weekStart) badRule(line);
    parts.weekStart = *weekStart;
    return parts;
}

bool hasOrdinal(const Parts& parts) {
    return std::any_of(parts.days.begin(), parts.days.end(), [](const WeekdayOf& day) { return day.ordinal != 0; });
}

/// What RFC 5545 gives no meaning, or libical 3.0.16 another one.
void checkSupported(const Parts& parts, int line) {
    const bool yearly = parts.frequency == Frequency::yearly;
    const bool monthly = parts.frequency == Frequency::monthly;
    const bool hourly = parts.frequency == Frequency::hourly;
    const bool dates = !parts.monthDays.empty() || !parts.months.empty() || !parts.days.empty();
    const auto negative = [](int number) { return number < 0; };
    if (hourly && (dates || !parts.yearDays.empty())) unsupported(line, "HOURLY, BYMONTH/BYMONTHDAY/BYDAY");
    if (hourly && !parts.hours.empty()) unsupported(line, "HOURLY, BYHOUR");
    if (!parts.yearDays.empty() && (!yearly || dates)) unsupported(line, "BYYEARDAY");
    if (!parts.monthDays.empty() && parts.frequency == Frequency::weekly) unsupported(line, "WEEKLY, BYMONTHDAY");
    if (parts.frequency == Frequency::daily && std::any_of(parts.monthDays.begin(), parts.monthDays.end(), negative))
        unsupported(line, "DAILY, BYMONTHDAY < 0");
    if (hasOrdinal(parts) && ((!monthly && !yearly) || !parts.monthDays.empty())) unsupported(line, "BYDAY=2MO");
    if (parts.positions.empty()) return;
    const bool severalTimes = std::max({parts.hours.size(), parts.minutes.size(), parts.seconds.size()}) > 1;
    const bool alone = !dates;
    const bool both = !parts.yearDays.empty() || (!parts.monthDays.empty() && !parts.days.empty());
    const bool fromEnd = std::any_of(parts.monthDays.begin(), parts.monthDays.end(), negative);
    if ((!monthly && !yearly) || alone || both || fromEnd || severalTimes) unsupported(line, "BYSETPOS");
}

void checkDensity(const Parts& parts, int line) {
    const auto times = [](const std::vector<int>& list) { return std::max<std::size_t>(1, list.size()); };
    const std::size_t hours = parts.frequency == Frequency::hourly ? 24 : times(parts.hours);
    if (hours * times(parts.minutes) * times(parts.seconds) > startsADayLimit)
        refuse(line, "rule-too-dense", "Quy tắc lặp phát hơn 288 lần một ngày. Bớt giờ hoặc phút.",
               "The rule has over 288 starts a day. Take out hours or minutes.");
}

/// The most days one month or year of the rule can hold, from above.
std::size_t daysInSet(const Parts& parts) {
    const bool yearly = parts.frequency == Frequency::yearly;
    const std::size_t months = !yearly ? 1 : parts.months.empty() ? 12 : parts.months.size();
    if (!parts.monthDays.empty()) return months * parts.monthDays.size();
    if (parts.days.empty()) return months;
    const bool wholeYear = yearly && parts.months.empty();
    std::size_t days = 0;
    for (const auto& day : parts.days) days += day.ordinal != 0 ? 1 : wholeYear ? 53 : 5;
    return wholeYear ? days : months * days;
}

/// Rules that can be seen to be empty: libical would search for them for seconds.
void checkMatches(const Parts& parts, int line) {
    constexpr std::array<int, 13> longest{31, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};  // [0]: any month
    if (!parts.monthDays.empty()) {
        const auto months = parts.months.empty() ? std::vector<int>{0} : parts.months;
        const bool some = std::any_of(months.begin(), months.end(), [&](int month) {
            return std::any_of(parts.monthDays.begin(), parts.monthDays.end(),
                               [&](int day) { return std::abs(day) <= longest[static_cast<std::size_t>(month)]; });
        });
        if (!some) ruleNever(line);
    }
    const bool wholeYear = parts.frequency == Frequency::yearly && parts.months.empty();
    for (const auto& day : parts.days)
        if (!wholeYear && std::abs(day.ordinal) > 5) ruleNever(line);
    const auto reachable = [&](int position) {
        return static_cast<std::size_t>(std::abs(position)) <= daysInSet(parts);
    };
    if (!parts.positions.empty() && std::none_of(parts.positions.begin(), parts.positions.end(), reachable))
        ruleNever(line);
}

/// A list of numbers ascending, each once: libical walks the times of a day in the order they are written.
std::string inOrder(const std::string& list) {
    std::set<int> numbers;
    for (const auto& number : split(list, ',')) numbers.insert(std::stoi(number));
    std::string ordered;
    for (int number : numbers) ordered += (ordered.empty() ? "" : ",") + std::to_string(number);
    return ordered;
}

}  // namespace

Rule readRule(std::string_view value, int line) {
    auto texts = partsOf(value, line);
    const auto parts = readParts(texts, line);
    Rule rule;
    rule.frequency = parts.frequency;
    rule.interval = parts.interval;
    rule.weekStart = parts.weekStart;
    if (texts.contains("COUNT")) rule.count = readNumber(texts["COUNT"], 1, countLimit, line);
    if (texts.contains("UNTIL")) rule.until = writeTime(readTime(texts["UNTIL"], line));
    if (rule.count > 0 && !rule.until.empty())
        refuse(line, "count-and-until", "Quy tắc lặp có cả COUNT và UNTIL. Giữ lại một trong hai.",
               "The rule has both COUNT and UNTIL. Keep one of them.");
    checkSupported(parts, line);
    checkDensity(parts, line);
    checkMatches(parts, line);
    rule.namesDays = !parts.days.empty() || !parts.monthDays.empty() || !parts.yearDays.empty();
    rule.setsTimeOfDay = parts.frequency == Frequency::hourly || !parts.hours.empty() || !parts.minutes.empty() ||
                         !parts.seconds.empty();
    rule.pattern = "FREQ=" + texts["FREQ"];
    for (const auto& [name, text] : texts) {
        if (name == "FREQ" || name == "COUNT" || name == "UNTIL") continue;
        const bool numbers = name.starts_with("BY") && name != "BYDAY";
        rule.pattern.append(";").append(name).append("=").append(numbers ? inOrder(text) : text);
    }
    return rule;
}

Rule turned(const Rule& rule, int days) {
    Rule turned = rule;
    turned.pattern.clear();
    for (const auto& part : split(rule.pattern, ';')) {
        const auto name = part.substr(0, part.find('='));
        std::string text = part.substr(name.size() + 1);
        if (name == "BYDAY" || name == "WKST") {
            std::string list;
            for (const auto& day : split(text, ',')) {
                const auto on = *weekdayOf(day) + std::chrono::days{days};
                list.append(list.empty() ? "" : ",").append(weekdayNames[on.c_encoding()]);
            }
            text = list;
        }
        turned.pattern.append(turned.pattern.empty() ? "" : ";").append(name).append("=").append(text);
    }
    const bool countsWeeks = rule.interval > 1 && rule.namesDays;
    turned.weekStart += std::chrono::days{days};
    if (countsWeeks && rule.pattern.find(";WKST=") == std::string::npos)
        turned.pattern.append(";WKST=").append(weekdayNames[turned.weekStart.c_encoding()]);
    return turned;
}

void ruleNever(int line) {
    refuse(line, "rule-never", "Quy tắc lặp không rơi vào ngày nào. Kiểm tra ngày và tháng trong quy tắc.",
           "The recurrence rule never falls on a day. Check its days and months.");
}

std::string writeRule(const Rule& rule) {
    if (rule.count > 0) return rule.pattern + ";COUNT=" + std::to_string(rule.count);
    return rule.until.empty() ? rule.pattern : rule.pattern + ";UNTIL=" + rule.until;
}

}  // namespace loa
