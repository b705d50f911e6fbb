// RFC 3339 both ways, by hand: strict, no locale, no host zone.
#include "scheduler/domain/time.h"

#include <array>
#include <cstdio>

namespace loa {
namespace {

using namespace std::chrono;

/// Takes exactly `digits` decimal digits off the front of `text`.
std::optional<int> takeNumber(std::string_view& text, std::size_t digits) {
    if (text.size() < digits) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(digits);
    return value;
}

bool takeChar(std::string_view& text, char expected) {
    if (text.empty() || text.front() != expected) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<Day> takeDay(std::string_view& text) {
    const auto y = takeNumber(text, 4);
    if (!y || !takeChar(text, '-')) return std::nullopt;
    const auto m = takeNumber(text, 2);
    if (!m || !takeChar(text, '-')) return std::nullopt;
    const auto d = takeNumber(text, 2);
    if (!d) return std::nullopt;
    const Day day{year{*y}, month{static_cast<unsigned>(*m)}, std::chrono::day{static_cast<unsigned>(*d)}};
    if (!day.ok() || *y < 1970) return std::nullopt;
    return day;
}

std::optional<Milliseconds> takeFraction(std::string_view& text) {
    if (!takeChar(text, '.')) return Milliseconds{0};
    int value = 0;
    std::size_t digits = 0;
    for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; text.remove_prefix(1), ++digits)
        if (digits < 3) value = value * 10 + (text.front() - '0');
    if (digits == 0 || digits > 9) return std::nullopt;
    for (std::size_t i = digits; i < 3; ++i) value *= 10;
    return Milliseconds{value};
}

std::optional<minutes> takeOffset(std::string_view& text) {
    if (takeChar(text, 'Z')) return minutes{0};
    const int sign = takeChar(text, '+') ? 1 : takeChar(text, '-') ? -1 : 0;
    if (sign == 0) return std::nullopt;
    const auto h = takeNumber(text, 2);
    if (!h || *h > 23 || !takeChar(text, ':')) return std::nullopt;
    const auto m = takeNumber(text, 2);
    if (!m || *m > 59) return std::nullopt;
    return sign * (hours{*h} + minutes{*m});
}

}  // namespace

std::int64_t epochMilliseconds(Instant at) {
    return at.time_since_epoch().count();
}

Instant fromEpochMilliseconds(std::int64_t milliseconds) {
    return Instant{Milliseconds{milliseconds}};
}

std::string formatInstant(Instant at) {
    const auto midnight = floor<days>(at);
    const Day day{midnight};
    const hh_mm_ss<Milliseconds> time{at - midnight};
    std::array<char, 48> text{};
    const auto fraction = static_cast<int>(time.subseconds().count());
    std::snprintf(text.data(), text.size(), fraction ? "%sT%02d:%02d:%02d.%03dZ" : "%sT%02d:%02d:%02dZ",
                  formatDay(day).c_str(), static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()), fraction);
    return text.data();
}

std::optional<Instant> parseInstant(std::string_view text) {
    const auto day = takeDay(text);
    if (!day || !takeChar(text, 'T')) return std::nullopt;
    const auto h = takeNumber(text, 2);
    if (!h || *h > 23 || !takeChar(text, ':')) return std::nullopt;
    const auto m = takeNumber(text, 2);
    if (!m || *m > 59 || !takeChar(text, ':')) return std::nullopt;
    const auto s = takeNumber(text, 2);
    if (!s || *s > 59) return std::nullopt;
    const auto fraction = takeFraction(text);
    if (!fraction) return std::nullopt;
    const auto offset = takeOffset(text);
    if (!offset || !text.empty()) return std::nullopt;
    return Instant{sys_days{*day}} + hours{*h} + minutes{*m} + seconds{*s} + *fraction - *offset;
}

std::string formatDay(Day day) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(day.year()),
                  static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    return text.data();
}

std::optional<Day> parseDay(std::string_view text) {
    const auto day = takeDay(text);
    if (!day || !text.empty()) return std::nullopt;
    return day;
}

}  // namespace loa
