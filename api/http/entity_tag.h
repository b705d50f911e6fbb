#pragma once
#include <string>
#include <string_view>

namespace loa {

/// RFC 9110 8.8.3: the opaque text between double quotes. Throws std::invalid_argument for a text that holds others
/// than visible ASCII, or a quote: entity tags are made by us.
std::string quotedEntityTag(std::string_view opaque);

/// If-None-Match (RFC 9110 13.1.2): "*", or a list that holds `tag` (with its quotes) by weak comparison.
bool namesEntityTag(std::string_view ifNoneMatch, std::string_view tag);

}  // namespace loa
