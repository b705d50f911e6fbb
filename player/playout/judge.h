#pragma once
#include <cstdint>
#include <optional>

#include "scheduler/domain/airing.h"
#include "scheduler/domain/manifest.h"

namespace loa {

/// What is known of one attempt when it is over.
struct Evidence {
    Interval planned;
    std::int64_t plannedFrames = 0;
    Milliseconds grace{0};
    std::optional<Interval> heard;
    std::int64_t frames = 0;  ///< passed by the sink clock
    Level level;
    MissReason broken = MissReason::none;  ///< why it ended before its time; none: it ran to its end
    MissReason late = MissReason::none;    ///< why it was started after its time
    bool clockStepped = false;
};

struct Verdict {
    AiringResult result = AiringResult::missed;
    MissReason reason = MissReason::none;
    bool operator==(const Verdict&) const = default;
};

/// Of the windows that should have been audible, the share above which nothing of use was heard. What is less, but more
/// than the thresholds let be missing, was heard in part.
constexpr double silentShareIsSilence = 0.5;

/// Whether what reached the output was nothing of use.
bool isSilent(const Level& level, const Thresholds& thresholds);

/// What an attempt came to. `aired` only by the thresholds of the signed manifest: never by the plan, never by good
/// will.
Verdict judge(const Evidence& evidence, const Thresholds& thresholds);

}  // namespace loa
