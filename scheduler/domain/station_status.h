#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "scheduler/domain/clock_trust.h"
#include "scheduler/domain/id.h"
#include "scheduler/domain/time.h"

namespace loa {

/// What a station last said of itself: POST /v1/stations/{station}/status, on change and on a timer.
struct StationStatus {
    std::int64_t revision = 0;    ///< of the manifest it holds; 0: none
    int mediaReady = 0;           ///< files of that manifest on disk and verified
    int mediaWanted = 0;          ///< files that manifest names
    std::string output;           ///< "opening", "ready", "lost", or "absent" when loa-sound is not there
    std::optional<SlotId> onAir;  ///< what sounds now
    std::string onAirTitle;
    std::int64_t onAirFrames = 0;     ///< of it, passed by the sink clock
    std::int64_t waitingAirings = 0;  ///< in the outbox, not acknowledged
    Instant said{};                   ///< by the station's clock
    std::int64_t epoch = 0;           ///< of its airings; 0: not said
    std::int64_t lastSequence = 0;    ///< the highest it has given in that epoch
    /// When its store was made in place of a broken one: rows of before that it had not delivered are lost.
    std::optional<Instant> spoolReplaced{};
    std::optional<ClockTrust> clockTrust{};  ///< empty: a player that does not judge its clock
    bool operator==(const StationStatus&) const = default;
};

}  // namespace loa
