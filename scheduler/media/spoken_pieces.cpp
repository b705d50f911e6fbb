// Cuts text into what the normaliser's rules look at. UTF-8, precomposed; a byte that is no UTF-8 stays as it is. Pure.
#include "scheduler/media/spoken_pieces.h"

#include <algorithm>
#include <cstdint>

namespace loa {
namespace {

struct Letter {
    std::uint32_t code = 0;
    std::size_t bytes = 1;
};

Letter letterAt(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t offset) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at + offset]));
    };
    const auto left = text.size() - at;
    if (byte(0) < 0x80) return {byte(0), 1};
    if (byte(0) < 0xE0 && left >= 2) return {(byte(0) & 0x1F) << 6 | (byte(1) & 0x3F), 2};
    if (byte(0) < 0xF0 && left >= 3) return {(byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F), 3};
    return {byte(0), std::min<std::size_t>(left, 4)};
}

bool isDigit(std::uint32_t code) {
    return code >= '0' && code <= '9';
}

bool isLetter(std::uint32_t code) {
    const bool isPlain = (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
    const bool isLatin =
        (code >= 0xC0 && code <= 0x24F && code != 0xD7 && code != 0xF7) || (code >= 0x1E00 && code <= 0x1EFF);
    const bool isCombining = code >= 0x300 && code <= 0x36F;
    return isPlain || isLatin || isCombining;
}

bool isSpaceCode(std::uint32_t code) {
    return code == ' ' || (code >= '\t' && code <= '\r') || code == 0xA0 || code == 0x202F;
}

SpokenPiece::Kind kindOf(std::uint32_t code) {
    if (isDigit(code)) return SpokenPiece::Kind::digits;
    if (isLetter(code)) return SpokenPiece::Kind::word;
    return isSpaceCode(code) ? SpokenPiece::Kind::space : SpokenPiece::Kind::mark;
}

std::uint32_t small(std::uint32_t code) {
    if (code >= 'A' && code <= 'Z') return code + 32;
    if (code >= 0xC0 && code <= 0xDE && code != 0xD7) return code + 32;
    if (code == 0x1AF) return 0x1B0;  // Ư
    const bool isPair =
        (code >= 0x100 && code <= 0x137) || code == 0x168 || code == 0x1A0 || (code >= 0x1EA0 && code <= 0x1EF9);
    return isPair ? code | 1 : code;
}

void append(std::string& text, std::uint32_t code) {
    if (code < 0x80) {
        text += static_cast<char>(code);
    } else if (code < 0x800) {
        text += static_cast<char>(0xC0 | code >> 6);
        text += static_cast<char>(0x80 | (code & 0x3F));
    } else {
        text += static_cast<char>(0xE0 | code >> 12);
        text += static_cast<char>(0x80 | (code >> 6 & 0x3F));
        text += static_cast<char>(0x80 | (code & 0x3F));
    }
}

}  // namespace

SpokenPieces::SpokenPieces(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto kind = kindOf(letterAt(text, at).code);
        auto end = at + letterAt(text, at).bytes;
        while (kind != SpokenPiece::Kind::mark && end < text.size() && kindOf(letterAt(text, end).code) == kind) {
            end += letterAt(text, end).bytes;
        }
        pieces_.push_back({kind, text.substr(at, end - at)});
        at = end;
    }
}

bool SpokenPieces::isDigits(std::size_t index, std::size_t least, std::size_t most) const {
    const auto& piece = at(index);
    return piece.kind == SpokenPiece::Kind::digits && piece.text.size() >= least && piece.text.size() <= most;
}

std::string SpokenPieces::wordBefore(std::size_t index) const {
    while (index > 0 && (isSpace(index - 1) || is(index - 1, ".") || is(index - 1, "("))) --index;
    return index > 0 && isWord(index - 1) ? smallLetters(at(index - 1).text) : "";
}

std::string smallLetters(std::string_view text) {
    std::string made;
    for (std::size_t at = 0; at < text.size();) {
        const auto letter = letterAt(text, at);
        const auto changed = letter.bytes < 4 ? small(letter.code) : letter.code;
        if (changed == letter.code) {
            made += text.substr(at, letter.bytes);
        } else {
            append(made, changed);
        }
        at += letter.bytes;
    }
    return made;
}

bool isAllCapitals(std::string_view word) {
    std::size_t letters = 0;
    for (std::size_t at = 0; at < word.size(); ++letters) {
        const auto letter = letterAt(word, at);
        if (small(letter.code) == letter.code) return false;
        at += letter.bytes;
    }
    return letters >= 2;
}

}  // namespace loa
