#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scheduler/domain/choice.h"
#include "scheduler/domain/clock_trust.h"
#include "scheduler/domain/id.h"
#include "scheduler/domain/time.h"

namespace loa {

/// Made once, by the player, gapless from 1 within an epoch: sending the same airing twice is harmless, and a gap
/// shows. The epoch is a random number made with the player's store: a new store starts a new epoch.
struct AiringId {
    StationId station;
    std::int64_t epoch = 0;
    std::int64_t sequence = 0;
    auto operator<=>(const AiringId&) const = default;
};

/// Sequence numbers from `first` to `last`, both of them too.
struct SequenceRange {
    std::int64_t first = 0;
    std::int64_t last = 0;
    bool operator==(const SequenceRange&) const = default;
};

/// What the office does not hold of the airings a station has numbered in an epoch, ascending: those that are still on
/// air or under way, and, after the office was restored from a back-up, those it had acknowledged since. At most
/// lackingRangesLimit of them, the oldest.
struct LackingAirings {
    std::int64_t epoch = 0;
    std::vector<SequenceRange> ranges;
    bool operator==(const LackingAirings&) const = default;
};
constexpr std::size_t lackingRangesLimit = 100;

/// What became of one attempt at a slot. Order is from best to worst.
enum class AiringResult { aired, airedLate, partial, silent, preempted, missed };
template <>
inline constexpr auto choiceWords<AiringResult> = wordsFor<AiringResult>({{AiringResult::aired, "aired"},
                                                                          {AiringResult::airedLate, "airedLate"},
                                                                          {AiringResult::partial, "partial"},
                                                                          {AiringResult::silent, "silent"},
                                                                          {AiringResult::preempted, "preempted"},
                                                                          {AiringResult::missed, "missed"}});

/// Why an attempt was not `aired`.
enum class MissReason {
    none,
    restart,         ///< the player or the box was not running, or was killed in the middle
    planLate,        ///< the plan reached the station after the slot
    mediaAbsent,     ///< the file was not on the station in time
    mediaDamaged,    ///< its hash was wrong, or it did not decode
    mediaTruncated,  ///< it decoded to fewer frames than planned
    deviceLost,      ///< the output was lost, frozen or never there
    soundLost,       ///< loa-sound crashed or hung
    noSignal,        ///< frames passed, but the level stayed under the threshold
    clockUntrusted,  ///< nobody could tell the station the time
    clockStep,       ///< the clock was set in the middle
    lateJoinSkip,    ///< the start had passed and the policy says skip
    withdrawn,       ///< taken out of the plan while on air
    preempted,
    quietHours  ///< planned into quiet hours all the same: the station refuses it
};
template <>
inline constexpr auto choiceWords<MissReason> = wordsFor<MissReason>({{MissReason::none, "none"},
                                                                      {MissReason::restart, "restart"},
                                                                      {MissReason::planLate, "planLate"},
                                                                      {MissReason::mediaAbsent, "mediaAbsent"},
                                                                      {MissReason::mediaDamaged, "mediaDamaged"},
                                                                      {MissReason::mediaTruncated, "mediaTruncated"},
                                                                      {MissReason::deviceLost, "deviceLost"},
                                                                      {MissReason::soundLost, "soundLost"},
                                                                      {MissReason::noSignal, "noSignal"},
                                                                      {MissReason::clockUntrusted, "clockUntrusted"},
                                                                      {MissReason::clockStep, "clockStep"},
                                                                      {MissReason::lateJoinSkip, "lateJoinSkip"},
                                                                      {MissReason::withdrawn, "withdrawn"},
                                                                      {MissReason::preempted, "preempted"},
                                                                      {MissReason::quietHours, "quietHours"}});

/// The level of what reached the output, behind volume and mute, over the frames heard. RMS in dBFS, -120 for digital
/// silence.
struct Level {
    double rmsDbfs = -120;
    double peakDbfs = -120;
    double silentShare =
        1;  ///< of the 100 ms windows in which the media itself is above the threshold, those that were not
    bool operator==(const Level&) const = default;
};

/// One attempt at a slot, as the station saw it. Carries a snapshot of the plan, so that a report needs nothing else.
/// Never edited: a correction is another airing.
struct Airing {
    AiringId id;
    SlotId slot;
    std::string title;
    MediaId media;
    std::int64_t revision = 0;  ///< of the manifest it was played from
    Interval planned;
    std::int64_t plannedFrames = 0;
    AiringResult result = AiringResult::missed;
    MissReason reason = MissReason::none;
    std::string detail;             ///< for technicians, English: "decoder: not an Ogg stream"
    std::optional<Interval> heard;  ///< first frame to last frame by the sink clock; empty exactly when nothing passed
    std::int64_t startErrorMicroseconds = 0;  ///< actual minus planned instant of the frame that sounded first
    std::int64_t frames = 0;                  ///< passed by the sink clock
    Level level;
    std::string bootId;         ///< of the kernel
    Milliseconds sinceBoot{0};  ///< at the first frame; where none passed, when this was written
    /// Of the clock at that time. Empty: made by a player that did not judge its clock.
    std::optional<ClockTrust> clockTrust{};
    bool rebased = false;  ///< `heard` was worked out from `sinceBoot` once the clock was trusted
    bool operator==(const Airing&) const = default;
};

}  // namespace loa
