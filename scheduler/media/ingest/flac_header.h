#pragma once
#include <cstdint>
#include <string_view>

namespace loa {

/// What STREAMINFO of a native FLAC file says (RFC 9639 section 8.2).
struct FlacFacts {
    int rate = 0;
    std::int64_t frames = 0;  ///< 0: the writer did not know
};

/// Reads STREAMINFO and walks the other metadata blocks. Throws Error: "media-damaged", "media-truncated",
/// "media-format" (more than two channels, or a rate out of reach).
FlacFacts readFlac(std::string_view bytes);

}  // namespace loa
