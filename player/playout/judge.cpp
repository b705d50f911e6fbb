// The verdict over one attempt, a table in the form of questions: did anything pass, could it be heard, was it whole,
// was it on time. Pure.
#include "player/playout/judge.h"

#include <chrono>

namespace loa {
namespace {

/// Why frames are missing from an attempt. An output that swallowed them without a word is a lost output; one that
/// waited, or was given up, because the clock was set is not.
MissReason whyShort(const Evidence& evidence) {
    const bool lost = evidence.broken == MissReason::soundLost || evidence.broken == MissReason::deviceLost;
    if (lost && evidence.clockStepped) return MissReason::clockStep;
    if (evidence.broken != MissReason::none) return evidence.broken;
    if (evidence.late != MissReason::none) return evidence.late;
    return evidence.clockStepped ? MissReason::clockStep : MissReason::deviceLost;
}

bool whole(const Evidence& evidence, const Thresholds& thresholds) {
    return static_cast<double>(evidence.frames) >= thresholds.heardShare * static_cast<double>(evidence.plannedFrames);
}

/// What is less than whole because an order or another announcement had its time gave way; `otherwise` is all else.
AiringResult gaveWayOr(const Evidence& evidence, AiringResult otherwise) {
    return evidence.broken == MissReason::preempted ? AiringResult::preempted : otherwise;
}

}  // namespace

bool isSilent(const Level& level, const Thresholds& thresholds) {
    return level.rmsDbfs < thresholds.silenceDbfs || level.silentShare > silentShareIsSilence;
}

Verdict judge(const Evidence& evidence, const Thresholds& thresholds) {
    if (!evidence.heard || evidence.frames <= 0) return {gaveWayOr(evidence, AiringResult::missed), whyShort(evidence)};
    if (isSilent(evidence.level, thresholds)) return {AiringResult::silent, MissReason::noSignal};
    if (!whole(evidence, thresholds)) return {gaveWayOr(evidence, AiringResult::partial), whyShort(evidence)};
    if (evidence.level.silentShare > 1 - thresholds.heardShare) return {AiringResult::partial, MissReason::noSignal};
    const auto error = std::chrono::abs(evidence.heard->start - evidence.planned.start);
    if (error <= thresholds.startTolerance) return {AiringResult::aired, MissReason::none};
    const auto why = evidence.late != MissReason::none ? evidence.late
                     : evidence.clockStepped           ? MissReason::clockStep
                                                       : MissReason::deviceLost;
    return {error <= evidence.grace ? AiringResult::airedLate : AiringResult::partial, why};
}

}  // namespace loa
