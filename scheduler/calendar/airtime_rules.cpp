// What airtime must be to mean one thing only. The same rules for calendars and for JSON. Pure; any thread.
#include "scheduler/calendar/airtime_rules.h"

#include <algorithm>

#include "scheduler/calendar/read_airtime.h"
#include "scheduler/calendar/refusal.h"
#include "scheduler/calendar/unicode.h"
#include "scheduler/calendar/values.h"
#include "scheduler/domain/utf8.h"

namespace loa {
namespace {

using namespace std::chrono;

constexpr minutes wholeDay{24 * 60};
constexpr minutes wholeWeek = 7 * wholeDay;
constexpr std::size_t windowsLimit = 50;  // of one list
constexpr std::size_t specialDaysLimit = 400;
constexpr std::size_t airtimesLimit = 100;
constexpr Milliseconds longestAnnouncementLimit = hours{24};
constexpr int airingsPerDayLimit = 1'000;

Day next(Day day) {
    return sys_days{day} + days{1};
}

bool fits(Weekdays weekdays, Day day) {
    return weekdays.contains(weekday{sys_days{day}});
}

/// Half-open, in minutes since Monday 00:00.
struct Stretch {
    minutes from;
    minutes to;
};

/// The stretches of the week a window fills; what reaches over Sunday's end is cut in two.
void addStretches(const DailyWindow& window, std::vector<Stretch>& all) {
    for (unsigned day = 0; day < 7; ++day) {
        if ((window.weekdays.bits() >> day & 1U) == 0) continue;
        const auto from = day * wholeDay + window.from;
        const auto to = from + window.length;
        all.push_back({from, std::min(to, wholeWeek)});
        if (to > wholeWeek) all.push_back({minutes{0}, to - wholeWeek});
    }
}

void checkName(const std::string& name, int line) {
    if (name.empty() || !isUtf8(name) || cleanTitle(name, line) != name)
        refuse(line, "bad-name", "Tên phải là một dòng chữ, không để trống. Đặt lại tên.",
               "A name is one line and not empty. Give it another.");
}

[[noreturn]] void tooMany(int line) {
    refuse(line, "too-much-airtime",
           "Có quá nhiều khung giờ: nhiều nhất 50 khung một danh sách, 400 ngày đặc biệt, 100 giai đoạn. Bớt đi.",
           "There are too many windows: at most 50 in a list, 400 special days, 100 periods. Take some out.");
}

}  // namespace

DayRange rangeOf(const Airtime& airtime) {
    return {airtime.validFrom, airtime.validTo};
}

Day firstFitting(const DayRange& range, Weekdays weekdays) {
    auto day = range.first.value_or(1970y / January / 1);
    while (!fits(weekdays, day)) day = next(day);
    return day;
}

std::optional<Day> lastFitting(const DayRange& range, Weekdays weekdays) {
    if (!range.last) return std::nullopt;
    auto day = *range.last;
    while (!fits(weekdays, day)) day = sys_days{day} - days{1};
    return day;
}

void checkWindow(const DailyWindow& window, const DayRange& range, int line) {
    checkName(window.name, line);
    if (window.weekdays.empty())
        refuse(line, "no-weekdays", "Khung giờ “" + window.name + "” chưa có ngày nào trong tuần. Chọn ngày.",
               "The window '" + window.name + "' has no weekdays. Choose some.");
    if (window.from < minutes{0} || window.from >= wholeDay)
        refuse(line, "bad-time-of-day", "Giờ bắt đầu phải từ 00:00 đến 23:59. Nhập lại giờ.",
               "The start must be from 00:00 to 23:59. Enter it again.");
    if (window.length <= minutes{0})
        refuse(line, "zero-length", "Khung giờ “" + window.name + "” không có độ dài. Nhập lại giờ kết thúc.",
               "The window '" + window.name + "' has no length. Enter its end again.");
    if (window.length > wholeDay)
        refuse(line, "over-a-day", "Khung giờ “" + window.name + "” dài hơn 24 giờ. Rút ngắn lại.",
               "The window '" + window.name + "' is over 24 hours long. Shorten it.");
    const auto first = firstFitting(range, window.weekdays);
    if (!range.contains(first))
        refuse(line, "window-never",
               "Khung giờ “" + window.name + "” không rơi vào ngày nào. Kiểm tra ngày trong tuần.",
               "The window '" + window.name + "' falls on no day. Check its weekdays.");
}

void checkDayparts(std::span<const Daypart> dayparts, const DayRange& range, int line) {
    if (dayparts.size() > windowsLimit) tooMany(line);
    std::vector<Stretch> all;
    for (const auto& [window, ceiling, volumeCeilingDb] : dayparts) {
        checkWindow(window, range, line);
        if (ceiling && (*ceiling <= minutes{0} || *ceiling > window.length))
            refuse(line, "bad-ceiling",
                   "Trần của buổi “" + window.name + "” phải lớn hơn 0 và không quá độ dài của buổi. Nhập lại trần.",
                   "The ceiling of '" + window.name + "' must be more than 0 and within its length. Enter it again.");
        if (volumeCeilingDb && (*volumeCeilingDb > 0 || *volumeCeilingDb < lowestVolumeCeilingDb))
            refuse(line, "bad-volume-ceiling",
                   "Trần âm lượng của buổi “" + window.name + "” phải từ −20 đến 0 dB. Nhập lại trần.",
                   "The volume ceiling of '" + window.name + "' must be from -20 to 0 dB. Enter it again.");
        addStretches(window, all);
    }
    std::sort(all.begin(), all.end(), [](const Stretch& one, const Stretch& other) { return one.from < other.from; });
    const auto overlap = std::adjacent_find(
        all.begin(), all.end(), [](const Stretch& one, const Stretch& other) { return other.from < one.to; });
    if (overlap != all.end())
        refuse(line, "dayparts-overlap", "Hai buổi phát trùng giờ trong cùng một ngày. Sửa giờ hoặc ngày của một buổi.",
               "Two dayparts overlap on one day. Change the time or the days of one of them.");
}

void checkSpecialDays(const Airtime& airtime, int line) {
    if (airtime.specialDays.size() > specialDaysLimit) tooMany(line);
    auto all = airtime.specialDays;
    for (const auto& special : all) {
        checkName(special.name, line);
        if (!special.first.ok() || !special.last.ok() || special.last < special.first)
            refuse(line, "special-days-inverted",
                   "“" + special.name + "” có ngày cuối trước ngày đầu. Sửa lại ngày cuối.",
                   "'" + special.name + "' ends before it begins. Correct its last day.");
        const auto range = rangeOf(airtime);
        if (!range.contains(special.first) || !range.contains(special.last))
            refuse(line, "special-days-outside",
                   "“" + special.name + "” nằm ngoài thời gian hiệu lực. Sửa ngày, hoặc kéo dài thời gian hiệu lực.",
                   "'" + special.name + "' lies outside the time these rules hold. Correct the days or that time.");
        checkDayparts(special.dayparts, {special.first, special.last}, line);
    }
    std::sort(all.begin(), all.end(),
              [](const SpecialDays& one, const SpecialDays& other) { return one.first < other.first; });
    const auto overlap =
        std::adjacent_find(all.begin(), all.end(),
                           [](const SpecialDays& one, const SpecialDays& other) { return other.first <= one.last; });
    if (overlap != all.end())
        refuse(line, "special-days-overlap",
               "“" + overlap->name + "” và “" + std::next(overlap)->name + "” trùng ngày. Sửa ngày của một trong hai.",
               "'" + overlap->name + "' and '" + std::next(overlap)->name + "' share a day. Correct one of them.");
}

void checkLimits(const Airtime& airtime, int line) {
    const auto& longest = airtime.longestAnnouncement;
    if (longest && (*longest <= Milliseconds{0} || *longest > longestAnnouncementLimit || *longest % seconds{1} != 0s))
        refuse(line, "bad-longest", "Tin dài nhất phải là số giây tròn, lớn hơn 0, không quá 24 giờ. Nhập lại.",
               "The longest announcement is whole seconds, more than 0, at most 24 hours. Enter it again.");
    if (airtime.airingsPerDay && (*airtime.airingsPerDay < 1 || *airtime.airingsPerDay > airingsPerDayLimit))
        refuse(line, "bad-airings-per-day", "Số lần phát một ngày phải từ 1 đến 1.000. Nhập lại.",
               "The airings a day must be from 1 to 1,000. Enter them again.");
    if (airtime.quietHours.size() > windowsLimit) tooMany(line);
    for (const auto& window : airtime.quietHours) checkWindow(window, rangeOf(airtime), line);
}

void checkValidity(std::span<const Airtime> airtimes, int line) {
    if (airtimes.size() > airtimesLimit) tooMany(line);
    for (const auto& airtime : airtimes) {
        for (const auto& day : {airtime.validFrom, airtime.validTo})
            if (day && (!day->ok() || day->year() < 1970y || day->year() > 2199y)) yearOutOfRange(line);
        if (airtime.validFrom && airtime.validTo && *airtime.validTo < *airtime.validFrom)
            refuse(line, "validity-inverted", "Ngày hết hiệu lực trước ngày có hiệu lực. Sửa lại ngày.",
                   "These rules end before they begin. Correct the days.");
    }
    for (std::size_t i = 0; i < airtimes.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
            const auto one = rangeOf(airtimes[j]);
            const auto other = rangeOf(airtimes[i]);
            const bool apart = (one.last && other.first && *one.last < *other.first) ||
                               (other.last && one.first && *other.last < *one.first);
            if (!apart && airtimes[i].area == airtimes[j].area)
                refuse(line, "validity-overlap",
                       "Một địa bàn có hai bộ giờ phát cùng hiệu lực trong một ngày. Sửa thời gian hiệu lực.",
                       "An area has two sets of airtime on one day. Correct the times they hold for.");
        }
}

void checkAirtime(std::span<const Airtime> airtimes) {
    checkValidity(airtimes, 0);
    for (const auto& airtime : airtimes) {
        checkLimits(airtime, 0);
        if (airtime.dayparts) checkDayparts(*airtime.dayparts, rangeOf(airtime), 0);
        checkSpecialDays(airtime, 0);
    }
}

}  // namespace loa
