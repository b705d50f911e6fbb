#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "scheduler/domain/error.h"
#include "scheduler/domain/event.h"
#include "scheduler/domain/words.h"

namespace loa {

/// The limits of one calendar text; over any of them it is refused before anything is expanded.
constexpr std::size_t calendarBytesLimit = 5'000'000;
constexpr std::size_t calendarLineBytesLimit = 65'536;  ///< of a content line, unfolded
constexpr int calendarLinesLimit = 60'000;              ///< content lines
constexpr int calendarEventsLimit = 2'000;              ///< VEVENTs, masters and overrides together
constexpr int calendarDepthLimit = 8;                   ///< components in components

struct ReadOptions {
    std::string defaultZone = "Asia/Ho_Chi_Minh";  ///< floating times and all-day dates are read in it
};

/// Something accepted, but not as its writer may think: a priority that needs a person, an alarm that does not sound.
struct Notice {
    int line = 0;      ///< of the text given, from 1
    EventId event;     ///< empty where it is about the whole calendar
    std::string code;  ///< kebab-case, stays the same for ever: "priority-draft", "alarm-ignored"
    Words words;
    bool operator==(const Notice&) const = default;
};

struct ReadEvents {
    std::vector<Event> events;  ///< one for each UID, in order of first appearance
    std::vector<Notice> notices;
};

/// One event of a text by itself.
struct EventReading {
    EventId id;                          ///< empty where it has none
    std::string title;                   ///< as it stands there
    int line = 0;                        ///< of the text given, from 1
    std::variant<Event, Error> outcome;  ///< what it is, or why it is refused
};

struct EventReadings {
    std::vector<EventReading> events;  ///< one for each UID, in order of first appearance
    std::vector<Notice> notices;
};

/// Reads VEVENTs (RFC 5545) and checks all that could make them air at a wrong instant or cost too much; nothing is
/// guessed. Throws Error: tooLarge or malformed for the text, invalid for what it says; with the line. All or nothing.
/// May be called from several threads.
ReadEvents readEvents(std::string_view icalText, const ReadOptions& options = {});

/// The same, but an event that is refused stops no other. Throws where the text cannot be read as events at all.
EventReadings readEachEvent(std::string_view icalText, const ReadOptions& options = {});

}  // namespace loa
