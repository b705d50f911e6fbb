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
    std::size_t tokens;
    std::string text;
};

// 1.234.567  12,5  1.234,5  12.5  05  7
std::optional<Number> numberAt(const Tokens& tokens, std::size_t at) {
    if (!tokens.isDigits(at)) return std::nullopt;
    std::string whole{tokens.at(at).text};
    auto end = at + 1;
    if (whole.size() <= 3 && whole[0] != '0') {
        while (tokens.is(end, ".") && tokens.isDigits(end + 1, 3, 3)) {
            whole += tokens.at(end + 1).text;
            end += 2;
        }
    }
    std::string text = sayNumber(whole);
    const bool isGrouped = end > at + 1;
    const bool hasDecimals = tokens.isDigits(end + 1) && (tokens.is(end, ",") || (tokens.is(end, ".") && !isGrouped));
    if (hasDecimals) {
        text += " phẩy " + sayDecimals(tokens.at(end + 1).text);
        end += 2;
    }
    return Number{end - at, text};
}

// A unit may be a word, a mark, a word with a digit (m2) or two marks in one (°C); longest first.
std::optional<Spoken> unitAt(const Tokens& tokens, std::size_t at) {
    const auto two = std::string{tokens.at(at).text} + std::string{tokens.at(at + 1).text};
    const bool endsAfterTwo = !tokens.isWord(at + 2) && !tokens.isDigits(at + 2);
    if (!tokens.isSpace(at + 1) && endsAfterTwo && !unitWords(two).empty())
        return Spoken{2, std::string{unitWords(two)}};
    const bool isMark = tokens.at(at).kind == Token::Kind::mark;
    if (!isMark && tokens.isDigits(at + 1)) return std::nullopt;
    const auto words = unitWords(tokens.at(at).text);
    if (words.empty()) return std::nullopt;
    return Spoken{1, std::string{words}};
}

// A number with what it counts: 12,5 %, 30 km/h, 12.000 đồng/kg.
std::optional<Spoken> sayMeasure(const Tokens& tokens, std::size_t at) {
    const auto number = numberAt(tokens, at);
    if (!number) return std::nullopt;
    const auto unitPlace = tokens.skipSpace(at + number->tokens);
    const auto unit = unitAt(tokens, unitPlace);
    if (!unit) return std::nullopt;
    auto end = unitPlace + unit->tokens;
    std::string text = number->text + " " + unit->text;
    if (tokens.is(end, "/")) {
        if (const auto each = unitAt(tokens, end + 1)) {
            text += " một " + each->text;
            end += 1 + each->tokens;
        }
    }
    return Spoken{end - at, text};
}

std::optional<Spoken> sayPlainNumber(const Tokens& tokens, std::size_t at) {
    const auto number = numberAt(tokens, at);
    if (!number) return std::nullopt;
    return Spoken{number->tokens, number->text};
}

std::optional<Spoken> sayHotline(const Tokens& tokens, std::size_t at) {
    const bool isAlone = !(tokens.is(at + 1, ",") && tokens.isDigits(at + 2)) && !tokens.is(at + 1, "/");
    if (!tokens.isDigits(at) || !isAlone || !isHotline(tokens.at(at).text, tokens.wordBefore(at))) return std::nullopt;
    return Spoken{1, sayDigits(tokens.at(at).text)};
}

// A dash before a number and behind nothing that could be counted down from.
std::optional<Spoken> sayNegative(const Tokens& tokens, std::size_t at) {
    const bool isMinus = tokens.is(at, "−") || (tokens.is(at, "-") && (at == 0 || tokens.isSpace(at - 1)));
    if (!isMinus || !tokens.isDigits(at + 1)) return std::nullopt;
    return Spoken{1, "âm"};
}

std::optional<Spoken> sayRange(const Tokens& tokens, std::size_t at) {
    const auto dash = tokens.skipSpace(at);
    const auto next = tokens.skipSpace(dash + 1);
    const bool isBetween = at > 0 && !tokens.isSpace(at - 1) && tokens.isDash(dash) && tokens.isDigits(next);
    const bool isBehindNumber =
        isBetween && (tokens.isDigits(at - 1) || tokens.is(at - 1, "%") || tokens.is(at - 1, "h"));
    // A spaced dash between words is a pause; between numbers the spaces are the same on both sides.
    if (!isBehindNumber || (dash != at) != (next != dash + 1)) return std::nullopt;
    return Spoken{next - at, "đến"};
}

// 1/2 is a half; 24/7 and 30/2020 are said as they stand.
std::optional<Spoken> sayFraction(const Tokens& tokens, std::size_t at) {
    if (!tokens.isDigits(at, 1, 2) || !tokens.is(at + 1, "/") || !tokens.isDigits(at + 2, 1, 2)) return std::nullopt;
    if (tokens.is(at + 3, "/") || tokens.at(at).text >= tokens.at(at + 2).text) return std::nullopt;
    if (tokens.at(at).text.size() > tokens.at(at + 2).text.size()) return std::nullopt;
    return Spoken{3, sayNumber(tokens.at(at).text) + " phần " + sayNumber(tokens.at(at + 2).text)};
}

std::optional<Spoken> saySlash(const Tokens& tokens, std::size_t at) {
    // "./." ends an official letter.
    if (tokens.is(at, ".") && tokens.is(at + 1, "/") && tokens.is(at + 2, ".")) return Spoken{3, ""};
    if (!tokens.is(at, "/") || at == 0) return std::nullopt;
    const bool isNumbered =
        tokens.isDigits(at - 1) && (tokens.isDigits(at + 1) || isAllCapitals(tokens.at(at + 1).text));
    return Spoken{1, isNumbered ? "trên" : ""};
}

// thứ 4 is "thứ tư", thứ 1 "thứ nhất", quý 4 "quý tư".
std::string sayOrdinal(std::string_view digits, std::string_view before) {
    if (digits == "1" && before == "thứ") return "nhất";
    if (digits == "4" && before != "lần") return "tư";
    return sayNumber(digits);
}

std::optional<Spoken> sayNumberedWord(const Tokens& tokens, std::size_t at) {
    const auto before = tokens.wordBefore(at);
    if ((before != "thứ" && before != "quý") || !tokens.isDigits(at, 1, 2)) return std::nullopt;
    const bool isAlone = !((tokens.is(at + 1, ",") || tokens.is(at + 1, ".")) && tokens.isDigits(at + 2));
    if (!isAlone) return std::nullopt;
    return Spoken{1, sayOrdinal(tokens.at(at).text, before)};
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
std::optional<Spoken> sayRoman(const Tokens& tokens, std::size_t at) {
    constexpr std::array<std::string_view, 11> heralds = {"thứ",    "khóa", "khoá", "quý",  "kỷ",  "kỳ",
                                                          "chương", "phần", "mục",  "loại", "hạng"};
    if (!tokens.isWord(at)) return std::nullopt;
    const int value = romanValue(tokens.at(at).text);
    const auto before = tokens.wordBefore(at);
    if (value <= 0 || std::find(heralds.begin(), heralds.end(), before) == heralds.end()) return std::nullopt;
    const bool isOrdinal = before == "thứ" || before == "quý";
    return Spoken{1, isOrdinal ? sayOrdinal(std::to_string(value), before) : sayNumber(std::to_string(value))};
}

bool beginsWithCapital(const Tokens& tokens, std::size_t at) {
    return tokens.isWord(at) && smallLetters(tokens.at(at).text) != tokens.at(at).text;
}

// TT stands for many things: the office that stands before another, a circular, a township before its name, a centre.
std::optional<Spoken> sayTt(const Tokens& tokens, std::size_t at) {
    if (!tokens.is(at, "TT")) return std::nullopt;
    const bool hasStop = tokens.is(at + 1, ".");
    const auto next = tokens.skipSpace(at + (hasStop ? 2u : 1u));
    const auto used = hasStop && tokens.isWord(next) ? std::size_t{2} : std::size_t{1};
    if (at > 0 && tokens.is(at - 1, "/")) return Spoken{1, "thông tư"};
    if (hasStop && isAllCapitals(tokens.at(next).text)) return Spoken{used, "thường trực"};
    if (beginsWithCapital(tokens, next) && !isAllCapitals(tokens.at(next).text)) return Spoken{used, "thị trấn"};
    return Spoken{1, "trung tâm"};
}

// Longest first: "VH-TT" before "VH"; a full stop behind an abbreviation with a name behind that belongs to it ("TP.
// Cao Lãnh").
std::optional<Spoken> sayAbbreviation(const Tokens& tokens, std::size_t at) {
    if (!tokens.isWord(at)) return std::nullopt;
    std::string written;
    std::optional<Spoken> found;
    for (std::size_t used = 1; used <= 5; ++used) {
        const auto& token = tokens.at(at + used - 1);
        const bool isJoint = tokens.is(at + used - 1, "-") || tokens.is(at + used - 1, "&");
        if (token.kind != Token::Kind::word && !isJoint) break;
        written += token.text;
        if (const auto words = abbreviationWords(written); !words.empty()) found = Spoken{used, std::string{words}};
    }
    if (!found) return std::nullopt;
    const auto end = at + found->tokens;
    const bool isOneLetter = tokens.at(at).text.size() == 1;
    const bool hasStop =
        tokens.is(end, ".") && (beginsWithCapital(tokens, tokens.skipSpace(end + 1)) || tokens.isDigits(end + 1));
    if (isOneLetter && !hasStop) return std::nullopt;
    const bool isWithName =
        hasStop && (found->text.starts_with("th") || isOneLetter || tokens.is(at, "TS") || tokens.is(at, "BS"));
    if (isWithName) ++found->tokens;
    return found;
}

std::optional<Spoken> saySpelled(const Tokens& tokens, std::size_t at) {
    if (!tokens.isWord(at) || !isAllCapitals(tokens.at(at).text)) return std::nullopt;
    auto text = spelled(tokens.at(at).text);
    if (text.empty()) return std::nullopt;
    return Spoken{1, std::move(text)};
}

std::optional<Spoken> saySymbol(const Tokens& tokens, std::size_t at) {
    if (tokens.at(at).kind != Token::Kind::mark) return std::nullopt;
    const auto words = symbolWords(tokens.at(at).text);
    // A dash inside a word joins: "Văn hóa-Thông tin".
    const bool isJoint = tokens.is(at, "-") && at > 0 && !tokens.isSpace(at - 1) && !tokens.isSpace(at + 1);
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
