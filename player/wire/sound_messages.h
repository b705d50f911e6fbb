#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "scheduler/domain/airing.h"
#include "scheduler/domain/time.h"

namespace loa {

/// What loa-player and loa-sound say to each other over a local SOCK_SEQPACKET socket: one JSON object a packet.
/// loa-sound listens; one loa-player at a time is served. When its end closes, everything it had on air fades out.

/// The player's number for one attempt at a slot, made when it is cued: a cue that comes to nothing leaves no gap in
/// the airings. Never used twice while the machine runs. To loa-sound only a name.
using ItemId = std::int64_t;

// --- player to loa-sound ------------------------------------------------------------

/// Decode to RAM. The packet carries one descriptor: a sealed memfd whose hash the player has checked. Answered by
/// Cued or Refused, always, within 10 s and a tenth of its length of trying.
struct Cue {
    ItemId item = 0;
    std::int64_t frames = 0;  ///< it must decode to exactly that many
    bool operator==(const Cue&) const = default;
};

/// Sound frame 0 at `at`; when that has passed, join at the offset wall time asks for. Only for an item that is Cued;
/// the player sends it when the `started` row is durable. Answered by Sounding once, then Progress, then Ended, always.
struct Start {
    ItemId item = 0;
    Instant at{};
    int gainDb = 0;  ///< 0 or less
    bool operator==(const Start&) const = default;
};

/// Sound it at once, from its beginning, and at the output's own pace: for orders, which sound whatever the wall clock
/// says. Only for an item that is Cued. Answered like Start, but it waits for nothing: while the output is not there,
/// or when it is lost, the item has Ended.
struct StartNow {
    ItemId item = 0;
    bool operator==(const StartNow&) const = default;
};

/// Sound the attention signal as this item, which was not cued. Otherwise as StartNow.
struct StartSignal {
    ItemId item = 0;
    bool operator==(const StartSignal&) const = default;
};

/// Fade out over `fade` and end. Also drops an item that is only cued (answered by Ended with no frames).
struct Stop {
    ItemId item = 0;
    Milliseconds fade{200};
    bool operator==(const Stop&) const = default;
};

using ToSound = std::variant<Cue, Start, StartNow, StartSignal, Stop>;

// --- loa-sound to player ------------------------------------------------------------

/// State of the always-on output. Sent on connection, on every change, and each second as the sign of life.
struct OutputState {
    enum class State { opening, ready, lost };
    State state = State::opening;
    std::string detail;  ///< for technicians
    bool operator==(const OutputState&) const = default;
};

struct Cued {
    ItemId item = 0;
    bool operator==(const Cued&) const = default;
};

struct Refused {
    enum class Why {
        damaged,
        truncated,  ///< sound, but fewer frames than asked for
        slow        ///< not decoded in time: which says nothing of the file
    };
    ItemId item = 0;
    Why why = Why::damaged;
    std::string detail;
    bool operator==(const Refused&) const = default;
};

/// The first frame of this attempt has passed the sink clock.
struct Sounding {
    ItemId item = 0;
    Instant since{};                          ///< when it did, to the millisecond
    std::int64_t startErrorMicroseconds = 0;  ///< that instant minus the one it belonged at; no lateness of a join
    std::int64_t offsetFrames = 0;            ///< which frame of the media it was; 0 unless joined late
    bool operator==(const Sounding&) const = default;
};

/// Each second while on air. `frames` have passed the sink clock, counted from the first that sounded.
struct Progress {
    ItemId item = 0;
    std::int64_t frames = 0;
    Level level;
    bool operator==(const Progress&) const = default;
};

/// The attempt is over. Figures are final.
struct Ended {
    enum class Cause { finished, stopped, outputLost };
    ItemId item = 0;
    Cause cause = Cause::finished;
    std::int64_t frames = 0;  ///< passed by the sink clock
    Instant until{};          ///< when the last of them did
    Level level;
    std::string detail;
    bool operator==(const Ended&) const = default;
};

using FromSound = std::variant<OutputState, Cued, Refused, Sounding, Progress, Ended>;

std::string toPacket(const ToSound& message);
std::string toPacket(const FromSound& message);
/// Throws Error(malformed) for anything that is not one of these, unknown members and missing members among it.
ToSound toSoundFromPacket(std::string_view packet);
FromSound fromSoundFromPacket(std::string_view packet);

}  // namespace loa
