#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "scheduler/domain/airing.h"
#include "scheduler/domain/id.h"
#include "scheduler/domain/time.h"

namespace loa {

/// What became of a slot, over all its attempts. `unknown` is the lack of a report: counted on neither side.
enum class AsRunResult { aired, airedLate, partial, silent, preempted, missed, unknown };
template <>
inline constexpr auto choiceWords<AsRunResult> = wordsFor<AsRunResult>({{AsRunResult::aired, "aired"},
                                                                        {AsRunResult::airedLate, "airedLate"},
                                                                        {AsRunResult::partial, "partial"},
                                                                        {AsRunResult::silent, "silent"},
                                                                        {AsRunResult::preempted, "preempted"},
                                                                        {AsRunResult::missed, "missed"},
                                                                        {AsRunResult::unknown, "unknown"}});

/// One line of the as-run report: one slot beside what became of it.
struct AsRun {
    StationId station;
    SlotId slot;
    EventId event;
    std::string title;
    MediaId media;
    Interval planned;
    AsRunResult result = AsRunResult::unknown;
    MissReason reason = MissReason::none;  ///< the worst of the attempts
    std::optional<Instant> start;          ///< of the first frame heard; empty when nothing was
    std::int64_t startErrorMicroseconds = 0;
    std::int64_t plannedFrames = 0;
    std::int64_t frames = 0;     ///< summed over the attempts, never more than planned
    std::optional<Level> level;  ///< of the attempt with the most frames
    int attempts = 0;
    bool unplanned = false;                  ///< it sounded although the plan no longer has it
    bool overdue = false;                    ///< unknown, and the station's deadline to report has passed
    std::optional<ClockTrust> clockTrust{};  ///< the least of the attempts'; empty where none says
    bool rebased = false;                    ///< of an attempt at least
    bool operator==(const AsRun&) const = default;
};

}  // namespace loa
