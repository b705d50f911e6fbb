#pragma once
#include <string>
#include <string_view>

namespace loa {

/// The text composed (NFC), so that the same word is the same bytes whatever keyboard wrote it. Text that is not UTF-8
/// comes back as it is.
std::string composed(std::string_view text);

/// A title as Loa keeps it: one line, composed (NFC), no controls, no blanks at the ends. Throws Error (invalid, with
/// the line): "bad-utf8", or "title-too-long" over 300 characters.
std::string cleanTitle(std::string_view text, int line = 0);

}  // namespace loa
