// The rules of the normaliser for numbers, measures, document numbers, ordinals and abbreviations, and the order in
// which all rules are asked. Pure. One more rule is one more function and one more row in the table at the end.
#include "scheduler/media/spoken_rules.h"

#include <algorithm>
#include <array>

#include "scheduler/media/spoken_numbers.h"
#include "scheduler/media/spoken_words.h"

namespace loa {
namespace {

struct Number {
    std::size_t pieces;
    std::string text;
};

// 1.234.567  12,5  1.234,5  12.5  05  7
std::optional<Number> numberAt(const SpokenPieces& pieces, std::size_t at) {
    if (!pieces.isDigits(at)) return std::nullopt;
    std::string whole{pieces.at(at).text};
    auto end = at + 1;
    if (whole.size() <= 3 && whole[0] != '0') {
        while (pieces.is(end, ".") && pieces.isDigits(end + 1, 3, 3)) {
            whole += pieces.at(end + 1).text;
            end += 2;
        }
    }
    std::string text = sayNumber(whole);
    const bool isGrouped = end > at + 1;
    const bool hasDecimals = pieces.isDigits(end + 1) && (pieces.is(end, ",") || (pieces.is(end, ".") && !isGrouped));
    if (hasDecimals) {
        text += " phẩy " + sayDecimals(pieces.at(end + 1).text);
        end += 2;
    }
    return Number{end - at, text};
}

// A unit may be a word, a mark, a word with a digit (m2) or two marks in one (°C); longest first.
std::optional<Spoken> unitAt(const SpokenPieces& pieces, std::size_t at) {
    const auto two = std::string{pieces.at(at).text} + std::string{pieces.at(at + 1).text};
    const bool endsAfterTwo = !pieces.isWord(at + 2) && !pieces.isDigits(at + 2);
    if (!pieces.isSpace(at + 1) && endsAfterTwo && !unitWords(two).empty())
        return Spoken{2, std::string{unitWords(two)}};
    const bool isMark = pieces.at(at).kind == SpokenPiece::Kind::mark;
    if (!isMark && pieces.isDigits(at + 1)) return std::nullopt;
    const auto words = unitWords(pieces.at(at).text);
    if (words.empty()) return std::nullopt;
    return Spoken{1, std::string{words}};
}

// A number with what it counts: 12,5 %, 30 km/h, 12.000 đồng/kg.
std::optional<Spoken> sayMeasure(const SpokenPieces& pieces, std::size_t at) {
    const auto number = numberAt(pieces, at);
    if (!number) return std::nullopt;
    const auto unitPlace = pieces.skipSpace(at + number->pieces);
    const auto unit = unitAt(pieces, unitPlace);
    if (!unit) return std::nullopt;
    auto end = unitPlace + unit->pieces;
    std::string text = number->text + " " + unit->text;
    if (pieces.is(end, "/")) {
        if (const auto each = unitAt(pieces, end + 1)) {
            text += " một " + each->text;
            end += 1 + each->pieces;
        }
    }
    return Spoken{end - at, text};
}

std::optional<Spoken> sayPlainNumber(const SpokenPieces& pieces, std::size_t at) {
    const auto number = numberAt(pieces, at);
    if (!number) return std::nullopt;
    return Spoken{number->pieces, number->text};
}

std::optional<Spoken> sayHotline(const SpokenPieces& pieces, std::size_t at) {
    const bool isAlone = !(pieces.is(at + 1, ",") && pieces.isDigits(at + 2)) && !pieces.is(at + 1, "/");
    if (!pieces.isDigits(at) || !isAlone || !isHotline(pieces.at(at).text, pieces.wordBefore(at))) return std::nullopt;
    return Spoken{1, sayDigits(pieces.at(at).text)};
}

// A dash before a number and behind nothing that could be counted down from.
std::optional<Spoken> sayNegative(const SpokenPieces& pieces, std::size_t at) {
    const bool isMinus = pieces.is(at, "−") || (pieces.is(at, "-") && (at == 0 || pieces.isSpace(at - 1)));
    if (!isMinus || !pieces.isDigits(at + 1)) return std::nullopt;
    return Spoken{1, "âm"};
}

std::optional<Spoken> sayRange(const SpokenPieces& pieces, std::size_t at) {
    const auto dash = pieces.skipSpace(at);
    const auto next = pieces.skipSpace(dash + 1);
    const bool isBetween = at > 0 && !pieces.isSpace(at - 1) && pieces.isDash(dash) && pieces.isDigits(next);
    const bool isBehindNumber =
        isBetween && (pieces.isDigits(at - 1) || pieces.is(at - 1, "%") || pieces.is(at - 1, "h"));
    // A spaced dash between words is a pause; between numbers the spaces are the same on both sides.
    if (!isBehindNumber || (dash != at) != (next != dash + 1)) return std::nullopt;
    return Spoken{next - at, "đến"};
}

// 1/2 is a half; 24/7 and 30/2020 are said as they stand.
std::optional<Spoken> sayFraction(const SpokenPieces& pieces, std::size_t at) {
    if (!pieces.isDigits(at, 1, 2) || !pieces.is(at + 1, "/") || !pieces.isDigits(at + 2, 1, 2)) return std::nullopt;
    if (pieces.is(at + 3, "/") || pieces.at(at).text >= pieces.at(at + 2).text) return std::nullopt;
    if (pieces.at(at).text.size() > pieces.at(at + 2).text.size()) return std::nullopt;
    return Spoken{3, sayNumber(pieces.at(at).text) + " phần " + sayNumber(pieces.at(at + 2).text)};
}

std::optional<Spoken> saySlash(const SpokenPieces& pieces, std::size_t at) {
    // "./." ends an official letter.
    if (pieces.is(at, ".") && pieces.is(at + 1, "/") && pieces.is(at + 2, ".")) return Spoken{3, ""};
    if (!pieces.is(at, "/") || at == 0) return std::nullopt;
    const bool isNumbered =
        pieces.isDigits(at - 1) && (pieces.isDigits(at + 1) || isAllCapitals(pieces.at(at + 1).text));
    return Spoken{1, isNumbered ? "trên" : ""};
}

// thứ 4 is "thứ tư", thứ 1 "thứ nhất", quý 4 "quý tư".
std::string sayOrdinal(std::string_view digits, std::string_view before) {
    if (digits == "1" && before == "thứ") return "nhất";
    if (digits == "4" && before != "lần") return "tư";
    return sayNumber(digits);
}

std::optional<Spoken> sayNumberedWord(const SpokenPieces& pieces, std::size_t at) {
    const auto before = pieces.wordBefore(at);
    if ((before != "thứ" && before != "quý") || !pieces.isDigits(at, 1, 2)) return std::nullopt;
    const bool isAlone = !((pieces.is(at + 1, ",") || pieces.is(at + 1, ".")) && pieces.isDigits(at + 2));
    if (!isAlone) return std::nullopt;
    return Spoken{1, sayOrdinal(pieces.at(at).text, before)};
}

int romanValue(std::string_view text) {
    const auto value = [](char letter) {
        return letter == 'I'   ? 1
               : letter == 'V' ? 5
               : letter == 'X' ? 10
               : letter == 'L' ? 50
               : letter == 'C' ? 100
                               : 0;
    };
    int sum = 0;
    for (std::size_t index = 0; index < text.size(); ++index) {
        const int own = value(text[index]);
        if (own == 0) return 0;
        sum += index + 1 < text.size() && value(text[index + 1]) > own ? -own : own;
    }
    return sum;
}

// Roman numerals only behind words that are numbered so: "I" and "V" may be names.
std::optional<Spoken> sayRoman(const SpokenPieces& pieces, std::size_t at) {
    constexpr std::array<std::string_view, 11> heralds = {"thứ",    "khóa", "khoá", "quý",  "kỷ",  "kỳ",
                                                          "chương", "phần", "mục",  "loại", "hạng"};
    if (!pieces.isWord(at)) return std::nullopt;
    const int value = romanValue(pieces.at(at).text);
    const auto before = pieces.wordBefore(at);
    if (value <= 0 || std::find(heralds.begin(), heralds.end(), before) == heralds.end()) return std::nullopt;
    const bool isOrdinal = before == "thứ" || before == "quý";
    return Spoken{1, isOrdinal ? sayOrdinal(std::to_string(value), before) : sayNumber(std::to_string(value))};
}

bool beginsWithCapital(const SpokenPieces& pieces, std::size_t at) {
    return pieces.isWord(at) && smallLetters(pieces.at(at).text) != pieces.at(at).text;
}

// TT stands for many things: the office that stands before another, a circular, a township before its name, a centre.
std::optional<Spoken> sayTt(const SpokenPieces& pieces, std::size_t at) {
    if (!pieces.is(at, "TT")) return std::nullopt;
    const bool hasStop = pieces.is(at + 1, ".");
    const auto next = pieces.skipSpace(at + (hasStop ? 2u : 1u));
    const auto used = hasStop && pieces.isWord(next) ? std::size_t{2} : std::size_t{1};
    if (at > 0 && pieces.is(at - 1, "/")) return Spoken{1, "thông tư"};
    if (hasStop && isAllCapitals(pieces.at(next).text)) return Spoken{used, "thường trực"};
    if (beginsWithCapital(pieces, next) && !isAllCapitals(pieces.at(next).text)) return Spoken{used, "thị trấn"};
    return Spoken{1, "trung tâm"};
}

// Longest first: "VH-TT" before "VH"; a full stop behind an abbreviation with a name behind that belongs to it ("TP.
// Cao Lãnh").
std::optional<Spoken> sayAbbreviation(const SpokenPieces& pieces, std::size_t at) {
    if (!pieces.isWord(at)) return std::nullopt;
    std::string written;
    std::optional<Spoken> found;
    for (std::size_t used = 1; used <= 5; ++used) {
        const auto& piece = pieces.at(at + used - 1);
        const bool isJoint = pieces.is(at + used - 1, "-") || pieces.is(at + used - 1, "&");
        if (piece.kind != SpokenPiece::Kind::word && !isJoint) break;
        written += piece.text;
        if (const auto words = abbreviationWords(written); !words.empty()) found = Spoken{used, std::string{words}};
    }
    if (!found) return std::nullopt;
    const auto end = at + found->pieces;
    const bool isOneLetter = pieces.at(at).text.size() == 1;
    const bool hasStop =
        pieces.is(end, ".") && (beginsWithCapital(pieces, pieces.skipSpace(end + 1)) || pieces.isDigits(end + 1));
    if (isOneLetter && !hasStop) return std::nullopt;
    const bool isWithName =
        hasStop && (found->text.starts_with("th") || isOneLetter || pieces.is(at, "TS") || pieces.is(at, "BS"));
    if (isWithName) ++found->pieces;
    return found;
}

std::optional<Spoken> saySpelled(const SpokenPieces& pieces, std::size_t at) {
    if (!pieces.isWord(at) || !isAllCapitals(pieces.at(at).text)) return std::nullopt;
    auto text = spelled(pieces.at(at).text);
    if (text.empty()) return std::nullopt;
    return Spoken{1, std::move(text)};
}

std::optional<Spoken> saySymbol(const SpokenPieces& pieces, std::size_t at) {
    if (pieces.at(at).kind != SpokenPiece::Kind::mark) return std::nullopt;
    const auto words = symbolWords(pieces.at(at).text);
    // A dash inside a word joins: "Văn hóa-Thông tin".
    const bool isJoint = pieces.is(at, "-") && at > 0 && !pieces.isSpace(at - 1) && !pieces.isSpace(at + 1);
    if (isJoint) return Spoken{1, ""};
    if (words.empty()) return std::nullopt;
    return Spoken{1, std::string{words}};
}

constexpr SpokenRule rules[] = {
    sayAddress,      sayTelephone, sayHotline,  sayDate,         sayMonthOfYear, sayTime,
    sayNumberedWord, sayRoman,     sayFraction, sayMeasure,      sayRange,       sayNegative,
    sayPlainNumber,  saySlash,     sayTt,       sayAbbreviation, saySpelled,     saySymbol,
};

}  // namespace

std::span<const SpokenRule> spokenRules() {
    return rules;
}

}  // namespace loa
