#pragma once
#include <string>
#include <string_view>

namespace loa {

/// A title as Loa keeps it: one line, composed (NFC), no controls, no blanks at the ends. Throws Error (invalid, with
/// the line): "bad-utf8", or "title-too-long" over 300 characters.
std::string cleanTitle(std::string_view text, int line = 0);

}  // namespace loa
