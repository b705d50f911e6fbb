// A station's airtime as it fills up: the one place that says whether something still fits, and why not. Pure.
#include "scheduler/planning/seats.h"

#include <algorithm>

namespace loa {
namespace {

std::string secondsText(Milliseconds length) {
    return std::to_string(std::chrono::ceil<std::chrono::seconds>(length).count());
}

/// "15", "12,5" (in English "12.5"): minutes as people say them.
std::string minutesText(Milliseconds length, char point) {
    const auto tenths = std::chrono::floor<std::chrono::duration<long, std::ratio<6>>>(length).count();
    const auto whole = std::to_string(tenths / 10);
    return tenths % 10 == 0 ? whole : whole + point + std::to_string(tenths % 10);
}

Refusal tooLong(Milliseconds length, Milliseconds longest) {
    return {"announcement-too-long",
            {"Tin dài " + secondsText(length) + " giây, ở đây mỗi tin nhiều nhất " + secondsText(longest) +
                 " giây. Chọn bản ngắn hơn.",
             "It lasts " + secondsText(length) + " seconds; here an announcement lasts at most " +
                 secondsText(longest) + ". Choose a shorter one."}};
}

Refusal specialDay(const AirtimeDay& day) {
    return {"special-day",
            {"“" + day.special + "” (" + formatDay(day.day) + ") không phát tin thường kỳ. Chọn ngày khác.",
             "Nothing routine airs on “" + day.special + "” (" + formatDay(day.day) + "). Choose another day."}};
}

Refusal tooManyAirings(int already, int most) {
    const auto text = std::to_string(most);
    return {"too-many-airings",
            {"Tin này đã có " + std::to_string(already) + " lần trong ngày, nhiều nhất được " + text +
                 ". Bỏ bớt một lần hoặc chọn ngày khác.",
             "This announcement airs " + std::to_string(already) + " times on that day already, at most " + text +
                 " are allowed. Drop one or choose another day."}};
}

Refusal overCeiling(const OpenDaypart& daypart, Milliseconds used) {
    return {"over-ceiling",
            {"“" + daypart.name + "” đã xếp " + minutesText(used, ',') + " trong " + minutesText(daypart.ceiling, ',') +
                 " phút được phát. Chọn buổi khác hoặc bỏ bớt tin.",
             "“" + daypart.name + "” has " + minutesText(used, '.') + " of its " + minutesText(daypart.ceiling, '.') +
                 " minutes planned. Choose another daypart or drop something."}};
}

/// How far back a window that reaches over midnight may have begun, in days.
constexpr std::ptrdiff_t reachDays = 1;

}  // namespace

Seats::Seats(StationAirtime airtime, std::string zone, TimeText timeText)
    : airtime_{std::move(airtime)}, zone_{std::move(zone)}, timeText_{std::move(timeText)} {}

const AirtimeDay* Seats::dayOf(Instant at) const {
    const auto after = std::upper_bound(airtime_.days.begin(), airtime_.days.end(), at,
                                        [](Instant instant, const AirtimeDay& day) { return instant < day.at.start; });
    if (after == airtime_.days.begin()) return nullptr;
    const AirtimeDay& day = *std::prev(after);
    return day.at.contains(at) ? &day : nullptr;
}

const OpenDaypart* Seats::daypartOf(Interval at) const {
    const AirtimeDay* day = dayOf(at.start);
    if (day == nullptr) return nullptr;
    const auto* first = std::max(airtime_.days.data(), day - reachDays);
    for (const auto* each = first; each <= day; ++each)
        for (const OpenDaypart& daypart : each->dayparts)
            if (daypart.at.start <= at.start && at.end <= daypart.at.end) return &daypart;
    return nullptr;
}

std::string Seats::span(Interval at) const {
    return timeText_(at.start, zone_) + "–" + timeText_(at.end, zone_);
}

std::optional<Refusal> Seats::quiet(const Seat& wanted, const AirtimeDay& day) const {
    const auto* last = airtime_.days.data() + airtime_.days.size() - 1;
    const auto* until = std::min(last, &day + reachDays);
    for (const auto* each = std::max(airtime_.days.data(), &day - reachDays); each <= until; ++each)
        for (const QuietTime& quiet : each->quiet)
            if (quiet.at.overlaps(wanted.at))
                return Refusal{
                    "quiet-hours",
                    {"Trúng “" + quiet.name + "” " + span(quiet.at) + ", lúc đó không phát. Dời sang giờ khác.",
                     "It meets “" + quiet.name + "” " + span(quiet.at) +
                         ", when nothing airs. Move it to another time."}};
    return std::nullopt;
}

std::optional<Refusal> Seats::closed(const Seat& wanted, const AirtimeDay& day) const {
    if (day.restricted && daypartOf(wanted.at) == nullptr) {
        if (!day.special.empty() && day.dayparts.empty()) return specialDay(day);
        std::string open;
        for (const OpenDaypart& daypart : day.dayparts)
            open += (open.empty() ? "" : ", ") + daypart.name + " " + span(daypart.at);
        return Refusal{"outside-dayparts",
                       {open.empty() ? "Ngày " + formatDay(day.day) + " không có buổi phát nào. Chọn ngày khác."
                                     : "Ngoài buổi phát. Hôm đó có: " + open + ". Dời vào trong một buổi.",
                        open.empty() ? "There is no daypart on " + formatDay(day.day) + ". Choose another day."
                                     : "Outside the dayparts. That day has: " + open + ". Move it into one."}};
    }
    return std::nullopt;
}

std::optional<Refusal> Seats::refusal(const Seat& wanted) const {
    const AirtimeDay* day = dayOf(wanted.at.start);
    if (day != nullptr) {
        if (day->longest && wanted.at.length() > *day->longest) return tooLong(wanted.at.length(), *day->longest);
        if (auto why = quiet(wanted, *day)) return why;
        if (auto why = closed(wanted, *day)) return why;
    }
    if (const Seat* winner = inTheWayOf(wanted.at)) {
        const bool priority = winner->messageClass == MessageClass::priority;
        const auto time = timeText_(winner->at.start, zone_);
        return Refusal{
            "overlap",
            {"Trùng với “" + winner->title + "” lúc " + time + (priority ? " (ưu tiên)" : "") + ". Dời sang giờ khác.",
             "Overlaps “" + winner->title + "” at " + time + (priority ? " (priority)" : "") +
                 ". Move it to another time."}};
    }
    if (day == nullptr) return std::nullopt;
    if (day->airingsPerDay) {
        const int already = airings(*day, wanted.media);
        if (already >= *day->airingsPerDay) return tooManyAirings(already, *day->airingsPerDay);
    }
    const OpenDaypart* daypart = daypartOf(wanted.at);
    if (daypart != nullptr && used(*daypart) + wanted.at.length() > daypart->ceiling)
        return overCeiling(*daypart, used(*daypart));
    return std::nullopt;
}

const Seat* Seats::inTheWayOf(Interval at) const {
    const auto after = taken_.lower_bound(at.end);
    if (after == taken_.begin()) return nullptr;
    const Seat& before = std::prev(after)->second;
    return before.at.overlaps(at) ? &before : nullptr;
}

void Seats::take(Seat seat) {
    const Instant start = seat.at.start;
    taken_.insert_or_assign(start, std::move(seat));
}

void Seats::free(Instant start) {
    taken_.erase(start);
}

Milliseconds Seats::used(const OpenDaypart& daypart) const {
    Milliseconds sum{0};
    auto at = taken_.lower_bound(daypart.at.start);
    if (at != taken_.begin()) --at;
    for (; at != taken_.end() && at->first < daypart.at.end; ++at) {
        const auto start = std::max(at->second.at.start, daypart.at.start);
        const auto end = std::min(at->second.at.end, daypart.at.end);
        if (start < end) sum += end - start;
    }
    return sum;
}

int Seats::airings(const AirtimeDay& day, const MediaId& media) const {
    int count = 0;
    for (auto at = taken_.lower_bound(day.at.start); at != taken_.end() && at->first < day.at.end; ++at)
        if (at->second.media == media) ++count;
    return count;
}

}  // namespace loa
