#pragma once
#include <compare>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "scheduler/domain/id.h"
#include "scheduler/domain/time.h"

namespace loa {

/// The classes of Thông tư 39/2020 that are planned. Emergency is not an event but an order.
enum class MessageClass { normal, priority };

enum class PreemptPolicy { rejoin, drop };  ///< after something more urgent: rejoin by wall time, or not at all
enum class OverrunPolicy { hardEnd, finishCurrent };  ///< at the slot's end: stop, or finish within the grace time
enum class LateJoinPolicy { atOffset, skip };         ///< when the start has passed: join by wall time, or not at all

/// What becomes of a slot when the world gets in its way.
struct AirPolicy {
    PreemptPolicy preempt = PreemptPolicy::rejoin;
    OverrunPolicy overrun = OverrunPolicy::hardEnd;
    LateJoinPolicy lateJoin = LateJoinPolicy::atOffset;
    Milliseconds grace{60'000};  ///< how late a start still is `airedLate`; 0 to 10 minutes
    bool operator==(const AirPolicy&) const = default;
};

/// Sound from the media store. `Source` is a variant so that a relay (tiếp âm) can stand beside it.
struct MediaSource {
    MediaId media;
    auto operator<=>(const MediaSource&) const = default;
};
using Source = std::variant<MediaSource>;

/// Whom an event is aimed at: a station, or an area with all stations below it.
using Target = std::variant<StationId, AreaId>;

/// What the office plans: one VEVENT series with its overrides. `icalendar` is the truth (when it falls, and every
/// property a calendar program put there); the other members are what Loa read out of it, in scheduler/calendar.
struct Event {
    EventId id;
    std::string title;
    MessageClass messageClass = MessageClass::normal;
    std::optional<Source> source;  ///< empty: nothing to sound yet, so nothing reaches a manifest, with that reason
    std::vector<Target> targets;   ///< empty: likewise
    AirPolicy policy;
    int sequence = 0;  ///< RFC 5545 3.8.7.4
    std::string
        icalendar;  ///< a whole VCALENDAR: this series, its overrides, the zones it needs; CR LF; UTF-8, NFC titles
    bool operator==(const Event&) const = default;
};

}  // namespace loa
