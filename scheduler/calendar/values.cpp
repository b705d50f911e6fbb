// Values of properties, one kind each. Dates and numbers are read here digit by digit, because libical 3.0.16 takes
// month 13 for January and wraps numbers; durations and TEXT are libical's. Pure; any thread.
#include "scheduler/calendar/values.h"

#include <libical/ical.h>

#include <algorithm>
#include <charconv>
#include <memory>

#include "scheduler/calendar/refusal.h"
#include "scheduler/calendar/unfold.h"

namespace loa {
namespace {

using namespace std::chrono;

constexpr auto longestLength = days{366};

bool areDigits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char digit) { return digit >= '0' && digit <= '9'; });
}

/// `text` holds digits only.
int number(std::string_view text) {
    int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

[[noreturn]] void badDuration(int line) {
    refuse(line, "bad-duration", "Thời lượng không đọc được. Ghi lại, ví dụ PT15M là 15 phút.",
           "The duration cannot be read. Write it again, for example PT15M for 15 minutes.");
}

struct FreeValue {
    void operator()(icalvalue* value) const { icalvalue_free(value); }
};
struct FreeBuffer {
    void operator()(char* buffer) const { icalmemory_free_buffer(buffer); }
};
using Value = std::unique_ptr<icalvalue, FreeValue>;

}  // namespace

Instant endOf(Instant start, const Length& length, std::string_view zone) {
    if (length.days == 0) return start + length.exact;
    return toInstant(toLocal(start, zone) + days{length.days}, zone) + length.exact;
}

TimeValue readTime(std::string_view text, int line) {
    TimeValue time;
    time.line = line;
    time.isDate = text.size() == 8;
    std::string_view digits = text;
    if (digits.size() == 16 && digits.back() == 'Z') {
        time.zone = "UTC";
        digits.remove_suffix(1);
    }
    const bool shaped = time.isDate ? areDigits(digits)
                                    : digits.size() == 15 && areDigits(digits.substr(0, 8)) && digits[8] == 'T' &&
                                          areDigits(digits.substr(9));
    if (!shaped)
        refuse(line, "bad-date", "Ngày giờ không đọc được. Ghi dạng 20270301T053000.",
               "The date cannot be read. Write it like 20270301T053000.");
    const Day day{year{number(digits.substr(0, 4))}, month{static_cast<unsigned>(number(digits.substr(4, 2)))},
                  std::chrono::day{static_cast<unsigned>(number(digits.substr(6, 2)))}};
    const std::string_view clock = time.isDate ? "000000" : digits.substr(9);
    const int hour = number(clock.substr(0, 2));
    const int minute = number(clock.substr(2, 2));
    const int second = number(clock.substr(4, 2));
    if (!day.ok() || hour > 23 || minute > 59 || second > 59)
        refuse(line, "impossible-date", "Ngày giờ này không có thật. Kiểm tra tháng, ngày và giờ.",
               "There is no such date. Check month, day and time.");
    time.local = local_days{day} + hours{hour} + minutes{minute} + seconds{second};
    return time;
}

std::string writeTime(const TimeValue& time) {
    std::string text = formatLocalTime(time.local);
    std::erase_if(text, [](char letter) { return letter == '-' || letter == ':'; });
    if (time.isDate) return text.substr(0, 8);
    return time.zone == "UTC" ? text + "Z" : text;
}

Length readLength(const std::string& text, int line) {
    const bool unitLast = !text.empty() && std::string_view{"WDHMS"}.find(text.back()) != std::string_view::npos;
    int digits = 0;
    for (char letter : text) {
        digits = areDigits({&letter, 1}) ? digits + 1 : 0;
        if (digits > 9) badDuration(line);
    }
    const auto read = icaldurationtype_from_string(text.c_str());
    if (!unitLast || icaldurationtype_is_bad_duration(read) != 0) badDuration(line);
    if (read.is_neg != 0)
        refuse(line, "negative-duration", "Thời lượng âm. Ghi thời lượng lớn hơn 0.",
               "The duration is negative. Make it positive.");
    const auto wholeDays = days{std::int64_t{7} * read.weeks + read.days};
    const auto exact = hours{read.hours} + minutes{read.minutes} + seconds{read.seconds};
    if (wholeDays + exact > longestLength) tooLong(line);
    return {static_cast<int>(wholeDays.count()), exact};
}

void yearOutOfRange(int line) {
    refuse(line, "year-out-of-range", "Năm phải từ 1970 đến 2199. Sửa lại năm.",
           "The year must be from 1970 to 2199. Correct the year.");
}

void noDuration(int line) {
    refuse(line, "no-duration", "Thời lượng phải lớn hơn 0. Nhập lại thời lượng.",
           "The duration must be more than 0. Enter it again.");
}

void tooLong(int line) {
    refuse(line, "too-long", "Sự kiện dài hơn 366 ngày. Rút ngắn lại.", "The event lasts over 366 days. Shorten it.");
}

std::string readText(const std::string& value) {
    const Value parsed{icalvalue_new_from_string(ICAL_TEXT_VALUE, value.c_str())};
    return parsed ? icalvalue_get_text(parsed.get()) : std::string{};
}

std::string writeText(std::string_view text) {
    std::string lines;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char letter = text[at];
        if (letter == '\r')
            lines += text.substr(at).starts_with("\r\n") ? "" : "\n";
        else if (letter == '\n' || !isControl(text, at))
            lines += letter;
        else if (letter == '\xC2')
            ++at;  // a control of two octets
    }
    const Value value{icalvalue_new_text(lines.c_str())};
    const std::unique_ptr<char, FreeBuffer> written{icalvalue_as_ical_string_r(value.get())};
    return written.get();
}

int readNumber(std::string_view text, int least, int most, int line) {
    std::string_view digits = text;
    const bool negative = digits.starts_with('-');
    if (negative || digits.starts_with('+')) digits.remove_prefix(1);
    const bool readable = areDigits(digits) && digits.size() <= 9;
    const int value = readable ? (negative ? -number(digits) : number(digits)) : 0;
    if (!readable || value < least || value > most)
        refuse(line, "bad-number",
               "“" + std::string{text} + "” phải là số từ " + std::to_string(least) + " đến " + std::to_string(most) +
                   ". Sửa lại số này.",
               "'" + std::string{text} + "' must be a number from " + std::to_string(least) + " to " +
                   std::to_string(most) + ". Correct it.");
    return value;
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    for (;;) {
        const auto end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

}  // namespace loa
