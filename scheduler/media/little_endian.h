#pragma once
#include <cstdint>
#include <string_view>

namespace loa {

/// Numbers with the low byte first, as WAV and Ogg have them. The caller has checked that they lie inside `bytes`.
inline std::uint8_t byteAt(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint8_t>(bytes[at]);
}

inline std::uint16_t littleEndian16(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint16_t>(byteAt(bytes, at) | byteAt(bytes, at + 1) << 8);
}

inline std::uint32_t littleEndian32(std::string_view bytes, std::size_t at) {
    return littleEndian16(bytes, at) | static_cast<std::uint32_t>(littleEndian16(bytes, at + 2)) << 16;
}

inline std::uint64_t littleEndian64(std::string_view bytes, std::size_t at) {
    return littleEndian32(bytes, at) | static_cast<std::uint64_t>(littleEndian32(bytes, at + 4)) << 32;
}

}  // namespace loa
