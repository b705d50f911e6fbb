// Web and mail addresses and telephone numbers of the normaliser. Pure.
#include <algorithm>
#include <array>

#include "scheduler/media/spoken_numbers.h"
#include "scheduler/media/spoken_rules.h"
#include "scheduler/media/spoken_words.h"

namespace loa {
namespace {

bool isAddressPart(const SpokenPieces& pieces, std::size_t at) {
    const auto& piece = pieces.at(at);
    const bool isPlain = std::all_of(piece.text.begin(), piece.text.end(),
                                     [](char letter) { return static_cast<unsigned char>(letter) < 0x80; });
    return (piece.kind == SpokenPiece::Kind::digits || piece.kind == SpokenPiece::Kind::word) && isPlain;
}

std::string_view addressMark(const SpokenPieces& pieces, std::size_t at) {
    if (pieces.is(at, ".")) return "chấm";
    if (pieces.is(at, "-")) return "gạch ngang";
    if (pieces.is(at, "_")) return "gạch dưới";
    if (pieces.is(at, "/")) return "gạch chéo";
    if (pieces.is(at, "@")) return "a còng";
    return "";
}

bool isTopDomain(std::string_view label) {
    constexpr std::array<std::string_view, 7> domains = {"vn", "com", "net", "org", "gov", "edu", "info"};
    return std::find(domains.begin(), domains.end(), label) != domains.end();
}

std::string sayPart(const SpokenPiece& part) {
    if (part.kind == SpokenPiece::Kind::digits) return sayDigits(part.text);
    const auto small = smallLetters(part.text);
    const auto words = addressWords(small);
    return words.empty() ? small : std::string{words};
}

std::size_t skipScheme(const SpokenPieces& pieces, std::size_t at) {
    const bool isScheme = pieces.is(at, "http") || pieces.is(at, "https");
    return isScheme && pieces.is(at + 1, ":") && pieces.is(at + 2, "/") && pieces.is(at + 3, "/") ? at + 4 : at;
}

}  // namespace

std::optional<Spoken> sayAddress(const SpokenPieces& pieces, std::size_t at) {
    auto end = skipScheme(pieces, at);
    const bool hasScheme = end != at;
    if (!isAddressPart(pieces, end)) return std::nullopt;
    std::string text = sayPart(pieces.at(end));
    bool isAddress = false;
    std::string_view last = "";
    // A mark belongs to the address only where a part follows it: the full stop of the sentence does not.
    constexpr std::size_t piecesLimit = 80;
    for (++end; end < at + piecesLimit && !addressMark(pieces, end).empty() && isAddressPart(pieces, end + 1);
         end += 2) {
        last = pieces.at(end + 1).text;
        isAddress |= pieces.is(end, ".") && isTopDomain(last);
        text += " " + std::string{addressMark(pieces, end)} + " " + sayPart(pieces.at(end + 1));
        while (isAddressPart(pieces, end + 2))
            text += " " + sayPart(pieces.at(++end + 1));  // letters and digits together
    }
    if (!isAddress && !hasScheme) return std::nullopt;
    if (pieces.is(end, "/")) ++end;
    return Spoken{end - at, text};
}

// Nine to eleven digits beginning with 0 or +84, in groups parted by spaces, full stops, dashes or brackets; each group
// is said digit by digit, with a pause behind it.
std::optional<Spoken> sayTelephone(const SpokenPieces& pieces, std::size_t at) {
    auto end = at;
    const bool hasBracket = pieces.is(end, "(");
    if (hasBracket) ++end;
    const bool isAbroad = pieces.is(end, "+");
    if (isAbroad) ++end;
    if (!pieces.isDigits(end) || (!isAbroad && pieces.at(end).text[0] != '0')) return std::nullopt;
    std::string text = isAbroad ? "cộng " : "";
    std::size_t digits = 0, last = end;
    while (pieces.isDigits(end)) {
        if (digits + pieces.at(end).text.size() > 12) break;
        text += (digits > 0 ? ", " : "") + sayDigits(pieces.at(end).text);
        digits += pieces.at(end).text.size();
        last = ++end;
        if (hasBracket && pieces.is(end, ")")) last = ++end;
        if (pieces.isSpace(end) || pieces.is(end, ".") || pieces.isDash(end)) ++end;
    }
    if (digits < 9) return std::nullopt;
    return Spoken{last - at, text};
}

}  // namespace loa
