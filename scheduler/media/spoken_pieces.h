#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace loa {

/// A piece of text for the normaliser: a run of digits, a run of letters, a run of spaces, or one other character.
struct SpokenPiece {
    enum class Kind { digits, word, space, mark };
    Kind kind;
    std::string_view text;
};

/// The pieces of a text; looking past either end finds an empty mark, so rules need no bounds.
class SpokenPieces {
public:
    /// Views into `text`, which must outlive this.
    explicit SpokenPieces(std::string_view text);
    std::size_t size() const { return pieces_.size(); }
    const SpokenPiece& at(std::size_t index) const { return index < pieces_.size() ? pieces_[index] : nothing_; }
    bool isDigits(std::size_t index, std::size_t least = 1, std::size_t most = 99) const;
    bool isWord(std::size_t index) const { return at(index).kind == SpokenPiece::Kind::word; }
    bool isSpace(std::size_t index) const { return at(index).kind == SpokenPiece::Kind::space; }
    bool is(std::size_t index, std::string_view text) const { return at(index).text == text; }
    bool isDash(std::size_t index) const { return is(index, "-") || is(index, "–"); }
    /// The nearest word before `index` in small letters, looking over spaces and full stops only; empty where there is
    /// none.
    std::string wordBefore(std::size_t index) const;
    /// `index`, or the one behind it where a space stands there.
    std::size_t skipSpace(std::size_t index) const { return isSpace(index) ? index + 1 : index; }

private:
    std::vector<SpokenPiece> pieces_;
    SpokenPiece nothing_{SpokenPiece::Kind::mark, {}};
};

/// Vietnamese capital letters made small (Latin, precomposed).
std::string smallLetters(std::string_view text);

/// True for a word of at least two letters, none of them small.
bool isAllCapitals(std::string_view word);

}  // namespace loa
