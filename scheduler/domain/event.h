#pragma once
#include <compare>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "scheduler/domain/choice.h"
#include "scheduler/domain/id.h"
#include "scheduler/domain/time.h"

namespace loa {

/// The classes of Thông tư 39/2020 that are planned. Emergency is not an event but an order.
enum class MessageClass { normal, priority };

enum class PreemptPolicy { rejoin, drop };  ///< after something more urgent: rejoin by wall time, or not at all
enum class OverrunPolicy { hardEnd, finishCurrent };  ///< at the slot's end: stop, or finish within the grace time
enum class LateJoinPolicy { atOffset, skip };         ///< when the start has passed: join by wall time, or not at all

enum class StartMode { hard, soft };  ///< on the planned second, or on the first free one within the grace time

template <>
inline constexpr auto choiceWords<MessageClass> = wordsFor<MessageClass>({{MessageClass::normal, "normal"},
                                                                          {MessageClass::priority, "priority"}});
template <>
inline constexpr auto choiceWords<StartMode> = wordsFor<StartMode>({{StartMode::hard, "hard"},
                                                                    {StartMode::soft, "soft"}});
template <>
inline constexpr auto choiceWords<PreemptPolicy> = wordsFor<PreemptPolicy>({{PreemptPolicy::rejoin, "rejoin"},
                                                                            {PreemptPolicy::drop, "drop"}});
template <>
inline constexpr auto choiceWords<OverrunPolicy> =
    wordsFor<OverrunPolicy>({{OverrunPolicy::hardEnd, "hardEnd"}, {OverrunPolicy::finishCurrent, "finishCurrent"}});
template <>
inline constexpr auto choiceWords<LateJoinPolicy> = wordsFor<LateJoinPolicy>({{LateJoinPolicy::atOffset, "atOffset"},
                                                                              {LateJoinPolicy::skip, "skip"}});

/// Titles have at most this many characters, and UTF-8 takes at most four bytes for each.
constexpr std::size_t titleCharactersLimit = 300;
constexpr std::size_t titleBytesLimit = titleCharactersLimit * 4;

/// What becomes of a slot when the world gets in its way.
struct AirPolicy {
    StartMode start = StartMode::hard;
    PreemptPolicy preempt = PreemptPolicy::rejoin;
    OverrunPolicy overrun = OverrunPolicy::hardEnd;
    LateJoinPolicy lateJoin = LateJoinPolicy::atOffset;
    Milliseconds grace{
        60'000};  ///< how late a start still is `airedLate`, and how far a soft one moves; 0 to 10 minutes
    bool operator==(const AirPolicy&) const = default;
};

/// What an event of this class gets where nobody chose: a normal one makes room (soft start, 5 minutes), a priority one
/// keeps its second and finishes.
AirPolicy defaultPolicy(MessageClass messageClass);

/// Sound from the media store. `Source` is a variant so that a relay (tiếp âm) can stand beside it.
struct MediaSource {
    MediaId media;
    auto operator<=>(const MediaSource&) const = default;
};
using Source = std::variant<MediaSource>;

/// Whom an event is aimed at: a station, or an area with all stations below it.
using Target = std::variant<StationId, AreaId>;

/// What one station does differently with one occurrence: dropped, moved, sounding something else. Overrides for all
/// stations are RECURRENCE-IDs in the calendar text.
struct StationOverride {
    Instant original;  ///< of the occurrence
    StationId station;
    bool dropped = false;          ///< does not sound here; start and source are then empty
    std::optional<Instant> start;  ///< moved there; empty: stays
    std::optional<Source> source;  ///< sounds this; empty: what the others sound
    bool operator==(const StationOverride&) const = default;
};

/// What the office plans: one VEVENT series with its overrides. `icalendar` is the truth (when it falls, and every
/// property a calendar program put there); the other members are what Loa read out of it, in scheduler/calendar.
struct Event {
    EventId id;
    std::string title;
    MessageClass messageClass = MessageClass::normal;
    std::optional<Source> source;  ///< empty: nothing to sound yet, so nothing reaches a manifest, with that reason
    std::vector<Target> targets;   ///< empty: likewise
    AirPolicy policy;
    std::optional<AreaId> owner;  ///< whose plan it is in; empty: the lowest area that has all its targets below it
    std::optional<CampaignId> campaign;             ///< that it airs; empty: it stands for itself
    std::vector<StationOverride> stationOverrides;  ///< ordered by original, then station; one for each pair
    int sequence = 0;                               ///< RFC 5545 3.8.7.4
    std::string
        icalendar;  ///< a whole VCALENDAR: this series, its overrides, the zones it needs; CR LF; UTF-8, NFC titles
    bool operator==(const Event&) const = default;
};

}  // namespace loa
