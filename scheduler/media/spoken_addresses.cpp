// Web and mail addresses and telephone numbers of the normaliser. Pure.
#include <algorithm>
#include <array>

#include "scheduler/media/spoken_numbers.h"
#include "scheduler/media/spoken_rules.h"
#include "scheduler/media/spoken_words.h"

namespace loa {
namespace {

bool isAddressPart(const Tokens& tokens, std::size_t at) {
    const auto& token = tokens.at(at);
    const bool isPlain = std::all_of(token.text.begin(), token.text.end(),
                                     [](char letter) { return static_cast<unsigned char>(letter) < 0x80; });
    return (token.kind == Token::Kind::digits || token.kind == Token::Kind::word) && isPlain;
}

std::string_view addressMark(const Tokens& tokens, std::size_t at) {
    if (tokens.is(at, ".")) return "chấm";
    if (tokens.is(at, "-")) return "gạch ngang";
    if (tokens.is(at, "_")) return "gạch dưới";
    if (tokens.is(at, "/")) return "gạch chéo";
    if (tokens.is(at, "@")) return "a còng";
    return "";
}

bool isTopDomain(std::string_view label) {
    constexpr std::array<std::string_view, 7> domains = {"vn", "com", "net", "org", "gov", "edu", "info"};
    return std::find(domains.begin(), domains.end(), label) != domains.end();
}

std::string sayPart(const Token& part) {
    if (part.kind == Token::Kind::digits) return sayDigits(part.text);
    const auto small = smallLetters(part.text);
    const auto words = addressWords(small);
    return words.empty() ? small : std::string{words};
}

std::size_t skipScheme(const Tokens& tokens, std::size_t at) {
    const bool isScheme = tokens.is(at, "http") || tokens.is(at, "https");
    return isScheme && tokens.is(at + 1, ":") && tokens.is(at + 2, "/") && tokens.is(at + 3, "/") ? at + 4 : at;
}

}  // namespace

std::optional<Spoken> sayAddress(const Tokens& tokens, std::size_t at) {
    auto end = skipScheme(tokens, at);
    const bool hasScheme = end != at;
    if (!isAddressPart(tokens, end)) return std::nullopt;
    std::string text = sayPart(tokens.at(end));
    bool isAddress = false;
    std::string_view last = "";
    // A mark belongs to the address only where a part follows it: the full stop of the sentence does not.
    constexpr std::size_t tokensLimit = 80;
    for (++end; end < at + tokensLimit && !addressMark(tokens, end).empty() && isAddressPart(tokens, end + 1);
         end += 2) {
        last = tokens.at(end + 1).text;
        isAddress |= tokens.is(end, ".") && isTopDomain(last);
        text += " " + std::string{addressMark(tokens, end)} + " " + sayPart(tokens.at(end + 1));
        while (isAddressPart(tokens, end + 2))
            text += " " + sayPart(tokens.at(++end + 1));  // letters and digits together
    }
    if (!isAddress && !hasScheme) return std::nullopt;
    if (tokens.is(end, "/")) ++end;
    return Spoken{end - at, text};
}

// Nine to eleven digits beginning with 0 or +84, in groups parted by spaces, full stops, dashes or brackets; each group
// is said digit by digit, with a pause behind it.
std::optional<Spoken> sayTelephone(const Tokens& tokens, std::size_t at) {
    auto end = at;
    const bool hasBracket = tokens.is(end, "(");
    if (hasBracket) ++end;
    const bool isAbroad = tokens.is(end, "+");
    if (isAbroad) ++end;
    if (!tokens.isDigits(end) || (!isAbroad && tokens.at(end).text[0] != '0')) return std::nullopt;
    std::string text = isAbroad ? "cộng " : "";
    std::size_t digits = 0, last = end;
    while (tokens.isDigits(end)) {
        if (digits + tokens.at(end).text.size() > 12) break;
        text += (digits > 0 ? ", " : "") + sayDigits(tokens.at(end).text);
        digits += tokens.at(end).text.size();
        last = ++end;
        if (hasBracket && tokens.is(end, ")")) last = ++end;
        if (tokens.isSpace(end) || tokens.is(end, ".") || tokens.isDash(end)) ++end;
    }
    if (digits < 9) return std::nullopt;
    return Spoken{last - at, text};
}

}  // namespace loa
