#pragma once
#include <cstdint>
#include <string_view>

namespace loa {

/// What a Range field asks of a file (RFC 9110 14).
struct RangeWish {
    enum class Kind {
        whole,         ///< no range, one we do not read (other unit, several parts, malformed): answer 200
        part,          ///< answer 206
        unsatisfiable  ///< starts behind the end: answer 416
    };
    Kind kind = Kind::whole;
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
};

/// Reads "bytes=0-99", "bytes=100-" and "bytes=-50" against a file of `size` bytes.
RangeWish readRange(std::string_view range, std::uint64_t size);

}  // namespace loa
