#pragma once
#include <cstdint>

#include "scheduler/domain/time.h"

namespace loa {

/// What an original must keep to. Checked before work is done where it can be, and again by counting while decoding.
struct IngestLimits {
    std::int64_t bytes = 200'000'000;                 ///< of the original file
    Milliseconds longest = std::chrono::minutes{30};  ///< of decoded sound
    Milliseconds shortest = std::chrono::milliseconds{500};
};

/// What every canonical file is levelled to.
constexpr double loudnessAimLufs = -16.0;    ///< integrated, EBU R 128, as two channels
constexpr double truePeakLimitDbtp = -1.5;   ///< of the decoded canonical file
constexpr double loudnessToleranceLu = 0.5;  ///< what "levelled" means

}  // namespace loa
