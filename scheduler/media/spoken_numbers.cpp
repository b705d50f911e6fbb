// Vietnamese numerals, as the south says them ("lẻ", not "linh"). Pure.
#include "scheduler/media/spoken_numbers.h"

#include <array>

namespace loa {
namespace {

constexpr std::array<std::string_view, 10> digitWords = {"không", "một", "hai", "ba",  "bốn",
                                                         "năm",   "sáu", "bảy", "tám", "chín"};

void add(std::string& text, std::string_view word) {
    if (!text.empty()) text += ' ';
    text += word;
}

// 0 to 999; `isInside` where higher groups stand before it, so that its hundreds are said also when there are none.
std::string sayGroup(std::uint64_t value, bool isInside) {
    const auto hundreds = value / 100, tens = value / 10 % 10, ones = value % 10;
    std::string text;
    if (hundreds > 0 || isInside) {
        add(text, digitWords[hundreds]);
        add(text, "trăm");
    }
    if (tens == 0) {
        if (ones > 0 && !text.empty()) add(text, "lẻ");
        if (ones > 0) add(text, digitWords[ones]);
        return text;
    }
    if (tens > 1) add(text, digitWords[tens]);
    add(text, tens == 1 ? "mười" : "mươi");
    if (ones == 1 && tens > 1) {
        add(text, "mốt");
    } else if (ones == 5) {
        add(text, "lăm");
    } else if (ones > 0) {
        add(text, digitWords[ones]);
    }
    return text;
}

std::string say(std::uint64_t value, bool isInside) {
    constexpr std::uint64_t billion = 1'000'000'000;
    std::string text;
    if (value >= billion) {
        text = say(value / billion, isInside) + " tỷ";
        value %= billion;
        isInside = true;
    }
    const std::pair<std::uint64_t, std::string_view> groups[] = {{1'000'000, "triệu"}, {1'000, "nghìn"}, {1, ""}};
    for (const auto& [size, name] : groups) {
        const auto group = value / size % 1000;
        if (group == 0) continue;
        add(text, sayGroup(group, isInside));
        if (!name.empty()) add(text, name);
        isInside = true;
    }
    return text;
}

}  // namespace

std::string sayNumber(std::string_view digits) {
    constexpr std::size_t digitsLimit = 15;
    if (digits.size() > digitsLimit || (digits.size() > 2 && digits[0] == '0')) return sayDigits(digits);
    std::uint64_t value = 0;
    for (const char digit : digits) value = value * 10 + static_cast<std::uint64_t>(digit - '0');
    return value == 0 ? std::string{digitWords[0]} : say(value, false);
}

std::string sayDigits(std::string_view digits) {
    std::string text;
    for (const char digit : digits) add(text, digitWords[static_cast<std::size_t>(digit - '0')]);
    return text;
}

std::string sayDecimals(std::string_view digits) {
    return digits.size() > 2 || digits[0] == '0' ? sayDigits(digits) : sayNumber(digits);
}

}  // namespace loa
