#pragma once
#include <string>
#include <string_view>

namespace loa {

/// SHA-256 as 64 lower-case hex digits.
std::string sha256(std::string_view bytes);

/// Of a file from its first byte to its last, whatever its position. Throws Error "unavailable" when it cannot be read.
std::string sha256OfFile(int descriptor);

/// True for 64 lower-case hex digits.
bool isSha256(std::string_view text);

}  // namespace loa
