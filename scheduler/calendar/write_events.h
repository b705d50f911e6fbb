#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "scheduler/calendar/zones.h"
#include "scheduler/domain/event.h"

namespace loa {

/// What Loa knows about an event beyond when it falls.
struct AiringFacts {
    MessageClass messageClass = MessageClass::normal;
    std::optional<Source> source;
    std::vector<Target> targets;
    AirPolicy policy;
    std::optional<AreaId> owner = std::nullopt;
    std::vector<StationOverride> stationOverrides = {};  ///< as in Event
    std::optional<CampaignId> campaign = std::nullopt;
    bool operator==(const AiringFacts&) const = default;
};

AiringFacts airingFactsOf(const Event& event);

/// An event as a planner fills it in, before it has an iCalendar text.
struct EventDraft {
    EventId id;         ///< becomes the UID; 1 to 255 bytes
    std::string title;  ///< line breaks and controls become spaces
    AiringFacts facts;
    LocalTime start{};
    std::string zone = "Asia/Ho_Chi_Minh";  ///< IANA name
    Milliseconds duration{0};               ///< more than 0; rounded up to whole seconds
    std::string rule;                       ///< an RRULE value ("FREQ=DAILY;COUNT=7"); empty: once
    std::vector<LocalTime> excluded;        ///< starts of the rule that are left out
    std::string description;                ///< may hold line breaks
    int sequence = 0;                       ///< SEQUENCE; left out where it is 0
    Instant stamp{};                        ///< when the draft was made (DTSTAMP)
};

/// Makes the event, checked exactly as an imported one. Throws what readEvents throws, with line 0.
Event makeEvent(const EventDraft& draft);

/// The same event under another title; its occurrences stay as they are. Overrides that had the old title follow.
Event withTitle(const Event& event, const std::string& title);

/// The same event with other facts; its occurrences stay as they are. Throws what readEvents throws, with line 0.
Event withFacts(const Event& event, const AiringFacts& facts);

/// One VCALENDAR with all the events: plain IANA TZIDs with short VTIMEZONEs, CR LF, lines of at most 75 octets that
/// never split a character. Properties and alarms of other programs are kept as they came.
std::string writeEvents(std::span<const Event> events);

}  // namespace loa
