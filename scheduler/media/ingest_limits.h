#pragma once
#include <cstdint>

#include "scheduler/domain/media_item.h"
#include "scheduler/domain/time.h"

namespace loa {

/// What an original must keep to. Checked before work is done where it can be, and again by counting while decoding.
struct IngestLimits {
    std::int64_t bytes = 200'000'000;     ///< of the original file
    Milliseconds longest = longestMedia;  ///< of decoded sound
    Milliseconds shortest = std::chrono::milliseconds{500};
};

// What follows from them, for both sides of the cage.

/// Of one loa-ingest, on one processor.
constexpr Milliseconds processorTime(const IngestLimits& limits) {
    return std::chrono::minutes{1} + limits.longest;
}
/// From its start to its verdict, on a machine that has other things to do.
constexpr Milliseconds ingestDeadline(const IngestLimits& limits) {
    return 2 * processorTime(limits);
}
/// Of the canonical file: twice what its 48 kbit/s make on average.
constexpr std::int64_t canonicalBytesLimit(const IngestLimits& limits) {
    return (1 << 20) + 12 * limits.longest.count();
}

/// What every canonical file is levelled to.
constexpr double loudnessAimLufs = -16.0;    ///< integrated, EBU R 128, as two channels
constexpr double truePeakLimitDbtp = -1.5;   ///< of the decoded canonical file
constexpr double loudnessToleranceLu = 0.5;  ///< what "levelled" means

}  // namespace loa
