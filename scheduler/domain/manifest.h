#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "scheduler/domain/assignment.h"
#include "scheduler/domain/id.h"
#include "scheduler/domain/review.h"
#include "scheduler/domain/time.h"

namespace loa {

/// What counts as aired. One table, carried in every signed manifest, so both programs judge alike.
struct Thresholds {
    Milliseconds startTolerance{2'000};  ///< a start at most this far off is on time
    double heardShare = 0.99;            ///< of the planned frames, passed by the sink clock
    double silenceDbfs = -60.0;          ///< RMS of 100 ms below this is silence
    bool operator==(const Thresholds&) const = default;
};

/// No manifest has more slots: what is over it is refused with a reason.
constexpr std::size_t manifestSlotsLimit = 20'000;

/// One thing one station shall sound.
struct Slot {
    SlotId id;
    EventId event;
    Instant original;  ///< of the occurrence
    int repeat = 0;    ///< which of several consecutive repeats, from 0
    std::string title;
    MessageClass messageClass = MessageClass::normal;
    AirPolicy policy;
    Interval at;  ///< from the first frame to the end of the last, the media's length
    MediaId media;
    std::int64_t bytes = 0;   ///< of the canonical file
    std::int64_t frames = 0;  ///< of the canonical file: truncation is a fact, not an opinion
    int gainDb = 0;           ///< -20 to 0: the volume ceiling of its place and time
    bool operator==(const Slot&) const = default;
};

/// SlotId = event, original start, station, repeat: survives revisions of the manifest and edits of the event. Made of
/// "<station>/<original as epoch ms>/<repeat>/<event>": the event comes last, since a UID may hold anything.
SlotId makeSlotId(const EventId& event, Instant original, const StationId& station, int repeat);
/// The event in a SlotId that makeSlotId made; empty in any other text.
EventId eventOf(const SlotId& slot);

/// The highest revision a station may say it holds: every JSON reader keeps it exactly, and there is room to go on.
constexpr std::int64_t manifestRevisionLimit = std::int64_t{1} << 53;

/// What one station shall sound: a sliding window of slots ordered by start, in numbered revisions. Never edited.
struct Manifest {
    StationId station;
    std::int64_t revision = 0;  ///< from 1, never goes back
    Instant issued{};
    Interval window;   ///< slots that start in here are all here; others are not known
    std::string zone;  ///< the station's, for people; the player computes nothing from it
    Thresholds thresholds;
    Milliseconds trim{0};  ///< of the station; every slot starts this much later
    std::vector<Slot> slots;
    std::vector<ApprovalStamp> approvals;  ///< of its slots' events, ordered by event
    std::vector<Interval> quiet;  ///< quiet hours that meet the window, ordered by start; nothing routine sounds
    bool operator==(const Manifest&) const = default;
};

}  // namespace loa
