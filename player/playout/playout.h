#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "scheduler/domain/airing.h"
#include "scheduler/domain/manifest.h"
#include "scheduler/domain/order.h"

namespace loa {

/// The player's number for one attempt on its way to loa-sound. Made when the item is cued, which is before its airing
/// has a sequence number; never used twice while the machine runs.
using ItemNumber = std::int64_t;

// --- what an attempt is doing; exactly one of these holds
// ----------------------------------------------------------------

struct Cueing {
    Milliseconds deadline{0};  ///< since boot: an answer must have come
};
struct Armed {};    ///< decoded; waits for its time and for an output
struct Writing {};  ///< its `started` row is being written
struct Starting {   ///< row durable, Start given, no frame heard of yet
    AiringId id;
    Milliseconds deadline{0};
};
struct OnAir {
    AiringId id;
    Milliseconds deadline{0};
    Instant since{};
    std::int64_t startErrorMicroseconds = 0;
    std::int64_t frames = 0;
    Level level;
    Milliseconds begun{0};                          ///< since boot: at its first frame
    ClockTrust clockTrust = ClockTrust::untrusted;  ///< then
    Milliseconds advanced{0};                       ///< since boot: when `frames` last grew, or the output came back
    std::optional<Milliseconds> checkpointed;
};
struct Closing {  ///< over; the row that says what it came to is not durable yet
    Airing airing;
    bool settled = false;
    bool asked = false;  ///< given out as a command, not answered yet
};
using Phase = std::variant<Cueing, Armed, Writing, Starting, OnAir, Closing>;

/// One attempt at a slot, from the cue to the durable last row.
struct Attempt {
    ItemNumber item = 0;
    Slot slot;  ///< as planned when it was cued
    std::int64_t revision = 0;
    Phase phase;
    MissReason late = MissReason::none;  ///< why it was started after its time
    std::optional<MissReason> stopped;   ///< why it was told to fade out
    std::string stoppedFor;              ///< the same for technicians; empty where the reason says all
    bool clockStepped = false;           ///< the wall clock was set while it was started or on air
};

/// What stands in the way of a slot that is due.
struct Difficulty {
    MissReason reason = MissReason::none;
    std::string detail;
    int failures = 0;           ///< attempts that broke off
    Milliseconds notBefore{0};  ///< since boot: when the next attempt may be made
    Instant start{};            ///< of the slot: a slot that was moved starts with a clean sheet
};

/// An order as the station holds it, as long as it asks for something.
struct HeldOrder {
    Order order;
    OrderProgress state = OrderProgress::received;  ///< the furthest that was reported
    std::optional<Milliseconds> received;           ///< since boot; empty: before the machine was started
};

/// What became of an order, to be made durable before it is told. `ended`: it asks for nothing any more.
struct WriteOrderReport {
    OrderReport report;
    bool ended = false;
};

/// The one order that is on its way to the air, or on it.
struct OrderAir {
    enum class Stage {
        cueing,   ///< loa-sound decodes it
        ready,    ///< decoded; waits for an output and for the pause between two times
        signal,   ///< the attention signal is on air
        message,  ///< its own sound is on air
        ending    ///< told to fade out
    };
    Order order;
    Stage stage = Stage::cueing;
    ItemNumber item = 0;                   ///< its own sound
    ItemNumber signal = 0;                 ///< the attention signal; 0: not begun
    Milliseconds deadline{0};              ///< since boot: an answer must have come
    Milliseconds startFrom{0};             ///< since boot: when the next time may begin
    int times = 0;                         ///< how often it has sounded to its end
    std::int64_t passed = 0;               ///< frames of these times
    std::int64_t frames = 0;               ///< of this time
    Milliseconds advanced{0};              ///< since boot: when `frames` last grew
    bool heard = false;                    ///< one time at least was no silence
    std::optional<WriteOrderReport> over;  ///< while ending: what then is true of it; empty: it begins again
};

/// The office sent an order. Its signature and its kind have been checked, nothing else. `document` is as signed.
struct OrderCame {
    Order order;
    std::string document;
};

/// State of the player's thinking. Lost when the player ends, and can be: rows on disk carry what must survive.
struct Playout {
    ItemNumber nextItem = 1;
    Milliseconds since{0};  ///< since boot: when this player began to think
    bool soundLink = false;
    bool outputReady = false;
    std::string outputDetail;
    bool decodingHangs = false;  ///< loa-sound owes an answer to a cue; it is dropped once nothing is on air
    bool shuttingDown = false;
    std::vector<Attempt> attempts;
    std::map<SlotId, Difficulty> difficulties;
    std::map<MediaId, int> decodeFaults;         ///< in a row
    Milliseconds writesFrom{0};                  ///< since boot: after a failed write, not before this
    Milliseconds wallMinusBoot{0};               ///< at the last step
    std::optional<Interval> clockStep;           ///< the last jump of the wall clock, from and to, in order of time
    std::optional<Milliseconds> untrustedSince;  ///< since boot: from when on nobody tells the time
    std::optional<Interval> untrusted;           ///< the last time that was so, by the clock that is trusted now
    std::vector<OrderCame> cameOrders;           ///< not kept yet
    std::optional<OrderAir> order;
    Milliseconds ordersFrom{0};                  ///< since boot: after an order broke off, none before this
    std::vector<WriteOrderReport> orderReports;  ///< not durable yet
};

// --- what happens
// --------------------------------------------------------------------------------------------------------

struct Tick {};
struct SoundUp {};
struct SoundDown {
    std::string why;
};
struct OutputChanged {
    bool ready = false;
    std::string detail;
};
struct SoundCued {
    ItemNumber item = 0;
};
struct SoundRefused {
    ItemNumber item = 0;
    MissReason why = MissReason::mediaDamaged;  ///< or mediaTruncated; soundLost: not decoded in time, the file is fine
    std::string detail;
};
/// The bytes on disk were not what the manifest names, so loa-sound was not asked.
struct MediaUnusable {
    ItemNumber item = 0;
    std::string detail;
};
struct SoundBegan {
    ItemNumber item = 0;
    Instant since{};
    std::int64_t startErrorMicroseconds = 0;
};
struct SoundProgressed {
    ItemNumber item = 0;
    std::int64_t frames = 0;
    Level level;
};
struct SoundEnded {
    enum class Cause { finished, stopped, outputLost };
    ItemNumber item = 0;
    Cause cause = Cause::finished;
    std::int64_t frames = 0;
    Instant until{};
    Level level;
    std::string detail;
};
struct StartedWritten {
    ItemNumber item = 0;
    AiringId id;
};
struct EndedWritten {
    ItemNumber item = 0;
};
/// A row could not be made durable (disk full, say). The step asks again after a second.
struct WriteFailed {
    ItemNumber item = 0;  ///< 0 for a missed row
};
/// The order is durable, or never can be; seen in `Facts::orders` and `Facts::lastOrder`.
struct OrderKept {
    OrderId order;
};
struct Shutdown {};
using Input = std::variant<Tick, SoundUp, SoundDown, OutputChanged, SoundCued, SoundRefused, MediaUnusable, SoundBegan,
                           SoundProgressed, SoundEnded, StartedWritten, EndedWritten, WriteFailed, OrderCame, OrderKept,
                           Shutdown>;

// --- what shall be done
// --------------------------------------------------------------------------------------------------

struct CueSound {
    ItemNumber item = 0;
    MediaId media;
    std::int64_t frames = 0;
};
/// Make a row with the next sequence number durable. Answered by StartedWritten or WriteFailed.
struct WriteStarted {
    ItemNumber item = 0;
    Airing airing;  ///< the plan's snapshot; its id has no sequence number yet
};
struct StartSound {
    ItemNumber item = 0;
    Instant at{};
    int gainDb = 0;
};
struct StopSound {
    ItemNumber item = 0;
};
struct WriteCheckpoint {
    AiringId id;
    Instant since{};
    std::int64_t startErrorMicroseconds = 0;
    std::int64_t frames = 0;
    Level level;
    Milliseconds begun{0};                          ///< since boot: at the first frame
    ClockTrust clockTrust = ClockTrust::untrusted;  ///< then
};
/// Complete the row that WriteStarted made. Answered by EndedWritten or WriteFailed.
struct WriteEnded {
    ItemNumber item = 0;
    Airing airing;
    bool settled = false;  ///< the slot needs no further attempt, ever
};
/// A row for a slot that was never started. Answered by the slot's account, or WriteFailed{0}.
struct WriteMissed {
    Airing airing;
};
struct Quarantine {
    MediaId media;
    MissReason why = MissReason::mediaDamaged;
};
/// loa-sound does not do what it must: break the connection, which is answered by SoundDown.
struct DropSound {
    std::string why;
};
/// Make the order durable, as received now. Answered by OrderKept, or WriteFailed{0}.
struct KeepOrder {
    Order order;
    std::string document;
};
/// Sound a cued item at once, whatever the wall clock says.
struct SoundNow {
    ItemNumber item = 0;
};
/// Sound the attention signal as this item.
struct SoundSignal {
    ItemNumber item = 0;
};
using Command = std::variant<CueSound, WriteStarted, StartSound, StopSound, WriteCheckpoint, WriteEnded, WriteMissed,
                             Quarantine, DropSound, KeepOrder, WriteOrderReport, SoundNow, SoundSignal>;

// --- what is so
// ----------------------------------------------------------------------------------------------------------

/// The rows of one slot.
struct SlotAccount {
    bool settled = false;
    Instant plannedEnd{};  ///< the latest of its rows
    bool operator==(const SlotAccount&) const = default;
};

/// What the step is told of the world. Kept by the agent.
struct Facts {
    Instant now{};
    Milliseconds sinceBoot{0};
    ClockTrust clockTrust = ClockTrust::untrusted;  ///< of `now`
    Instant leastNow{};                             ///< where `now` is not trusted: it is certainly not earlier
    std::string bootId;
    StationId station;
    std::set<MediaId> ready;  ///< on disk and verified
    std::map<MediaId, MissReason> quarantined;
    std::map<SlotId, SlotAccount> accounts;  ///< slots with at least one row
    std::map<SlotId, Instant> knownSince;    ///< when a slot, at its present time, first was in a plan held here
    std::vector<HeldOrder> orders;           ///< by number
    std::int64_t lastOrder = 0;              ///< the highest number held; 0: none ever
    std::optional<Instant> storeReplaced;    ///< when a broken store was replaced: rows of before may be lost
};

}  // namespace loa
