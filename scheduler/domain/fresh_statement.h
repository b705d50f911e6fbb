#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "scheduler/domain/id.h"
#include "scheduler/domain/time.h"

namespace loa {

/// What the office says of this moment to one station that asks: signed (kind "fresh"), and good for the one question
/// that had this nonce.
struct FreshStatement {
    StationId station;
    std::string nonce;          ///< the station's own, 32 to 64 hex digits
    Instant time{};             ///< by the office's clock
    std::int64_t revision = 0;  ///< of the station's newest manifest; 0: none
    bool operator==(const FreshStatement&) const = default;
};

/// Long enough that no answer to an earlier question fits, and nothing but lower-case hex digits.
constexpr bool isNonce(std::string_view text) {
    constexpr std::size_t least = 32;
    constexpr std::size_t most = 64;
    return text.size() >= least && text.size() <= most &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace loa
