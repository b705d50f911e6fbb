#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scheduler/domain/airing.h"

namespace loa {

/// The body of POST /v1/stations/{station}/airings: {"airings": [...]}, at most maximumAiringsInBatch.
constexpr std::size_t maximumAiringsInBatch = 200;
std::string airingsToJson(std::span<const Airing> airings);
/// Throws Error(malformed | tooLarge). Checks what a single airing can be checked for: ranges, heard and frames agree.
std::vector<Airing> airingsFromJson(std::string_view text);

/// The answer: which of them are durable at the office now. Rows named here need never be sent again.
std::string receiptToJson(std::span<const AiringId> received);
std::vector<AiringId> receiptFromJson(std::string_view text);

}  // namespace loa
