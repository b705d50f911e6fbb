// Days and times of the normaliser: 26/3/2020, ngày 05/02, 28 tháng 02, 17:00, 5h30, 05 giờ 30. Pure.
#include <algorithm>
#include <array>

#include "scheduler/media/spoken_numbers.h"
#include "scheduler/media/spoken_rules.h"

namespace loa {
namespace {

int valueOf(std::string_view digits) {
    int value = 0;
    for (const char digit : digits) value = value * 10 + (digit - '0');
    return value;
}

bool isWithin(const SpokenPieces& pieces, std::size_t at, int least, int most) {
    return pieces.isDigits(at, 1, 2) && valueOf(pieces.at(at).text) >= least && valueOf(pieces.at(at).text) <= most;
}

// The first ten days have a word of their own, without which "năm" is a day or a year.
std::string sayDay(std::string_view digits) {
    return (valueOf(digits) <= 10 ? "mùng " : "") + sayNumber(digits);
}

std::string sayMonth(std::string_view digits) {
    return valueOf(digits) == 4 ? "tư" : sayNumber(digits);
}

// Two numbers with a stroke are a day only where something before them says so: 24/7 and 1/2 are none.
bool isDayAwaited(const SpokenPieces& pieces, std::size_t at) {
    constexpr std::array<std::string_view, 14> heralds = {"ngày", "sáng", "trưa", "chiều", "tối", "đêm", "hôm",
                                                          "nay",  "mai",  "qua",  "nhật",  "đến", "từ",  "trước"};
    // Over "26-" in "ngày 26-28/3".
    if (at >= 2 && pieces.isDash(at - 1) && pieces.isDigits(at - 2, 1, 2)) at -= 2;
    const auto before = pieces.wordBefore(at);
    return std::find(heralds.begin(), heralds.end(), before) != heralds.end();
}

bool isSeparator(const SpokenPieces& pieces, std::size_t at) {
    return pieces.is(at, "/") || pieces.is(at, "-") || pieces.is(at, ".");
}

// "ngày" is said once, also where it was not written.
std::string dayWord(const SpokenPieces& pieces, std::size_t at) {
    const auto before = pieces.wordBefore(at);
    const bool isRange = at >= 1 && pieces.isDash(at - 1);
    return before == "ngày" || before == "mùng" || before == "mồng" || isRange ? "" : "ngày ";
}

std::string minutes(std::string_view digits) {
    return valueOf(digits) == 0 ? "" : " " + sayNumber(digits) + " phút";
}

bool isHourWord(const SpokenPieces& pieces, std::size_t at) {
    return pieces.is(at, "h") || pieces.is(at, "H") || pieces.is(at, "g") || pieces.is(at, "giờ");
}

}  // namespace

std::optional<Spoken> sayDate(const SpokenPieces& pieces, std::size_t at) {
    if (!isWithin(pieces, at, 1, 31)) return std::nullopt;
    const auto day = pieces.at(at).text;
    const auto next = pieces.skipSpace(at + 1);
    // "ngày 05 tháng 3": the day only, its month is said by the rule for months.
    if (pieces.is(next, "tháng") && pieces.wordBefore(at) == "ngày") return Spoken{1, sayDay(day)};
    if (!isSeparator(pieces, at + 1) || !isWithin(pieces, at + 2, 1, 12)) return std::nullopt;
    const auto month = pieces.at(at + 2).text;
    const auto words = dayWord(pieces, at) + sayDay(day) + " tháng " + sayMonth(month);
    if (pieces.is(at + 3, pieces.at(at + 1).text) && pieces.isDigits(at + 4, 4, 4)) {
        return Spoken{5, words + " năm " + sayNumber(pieces.at(at + 4).text)};
    }
    if (!pieces.is(at + 1, "/") || pieces.is(at + 3, "/") || !isDayAwaited(pieces, at)) return std::nullopt;
    return Spoken{3, words};
}

// "tháng 4", "tháng 02/2020", and "02/2020" alone.
std::optional<Spoken> sayMonthOfYear(const SpokenPieces& pieces, std::size_t at) {
    if (!isWithin(pieces, at, 1, 12)) return std::nullopt;
    const auto before = pieces.wordBefore(at);
    const auto month = sayMonth(pieces.at(at).text);
    const bool hasYear = pieces.is(at + 1, "/") && pieces.isDigits(at + 2, 4, 4) && !pieces.is(at + 3, "/");
    if (hasYear)
        return Spoken{3, (before == "tháng" ? "" : "tháng ") + month + " năm " + sayNumber(pieces.at(at + 2).text)};
    if (before == "tháng") return Spoken{1, month};
    return std::nullopt;
}

std::optional<Spoken> sayTime(const SpokenPieces& pieces, std::size_t at) {
    if (!isWithin(pieces, at, 0, 24)) return std::nullopt;
    const auto hour = sayNumber(pieces.at(at).text) + " giờ";
    if (pieces.is(at + 1, ":") && pieces.isDigits(at + 2, 2, 2) && isWithin(pieces, at + 2, 0, 59)) {
        const auto text = hour + minutes(pieces.at(at + 2).text);
        if (!pieces.is(at + 3, ":") || !isWithin(pieces, at + 4, 0, 59)) return Spoken{3, text};
        return Spoken{5, text + " " + sayNumber(pieces.at(at + 4).text) + " giây"};
    }
    const auto word = pieces.skipSpace(at + 1);
    if (!isHourWord(pieces, word) || (word != at + 1 && !pieces.is(word, "giờ"))) return std::nullopt;
    const auto minute = pieces.is(word, "giờ") ? pieces.skipSpace(word + 1) : word + 1;
    if (!pieces.isDigits(minute, 2, 2) || !isWithin(pieces, minute, 0, 59)) return Spoken{word + 1 - at, hour};
    const auto after = pieces.skipSpace(minute + 1);
    const bool isSaid = pieces.is(after, "phút");  // and is left there
    const bool isCount = pieces.is(word, "giờ") && !isSaid && (pieces.isWord(after) && after == minute + 1);
    if (isCount) return Spoken{word + 1 - at, hour};
    if (isSaid) return Spoken{minute + 1 - at, hour + " " + sayNumber(pieces.at(minute).text)};
    return Spoken{minute + 1 - at, hour + minutes(pieces.at(minute).text)};
}

}  // namespace loa
