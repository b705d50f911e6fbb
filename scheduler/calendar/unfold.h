#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace loa {

/// A content line with its folds taken out (RFC 5545 3.1). UTF-8 without controls but TAB.
struct UnfoldedLine {
    int number = 0;  ///< of its first line in the text, from 1
    std::string text;
};

/// Takes CR LF or LF, a byte order mark, folds inside a character and blank lines. Throws Error: over a limit of
/// read_events.h (tooLarge), not UTF-8 or with controls (malformed); with the line.
std::vector<UnfoldedLine> unfold(std::string_view text);

/// `line` with CR LF, folded to at most 75 octets a line, never inside a character.
std::string fold(std::string_view line);

/// Whether a control character other than TAB begins at `at`: one octet, or U+0080 to U+009F in two.
bool isControl(std::string_view text, std::size_t at);

}  // namespace loa
