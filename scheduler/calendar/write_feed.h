#pragma once
#include <optional>
#include <string>
#include <vector>

#include "scheduler/domain/event.h"

namespace loa {

/// What is different about one occurrence where the feed looks from: at its station.
struct FeedChange {
    Instant original;
    bool dropped = false;          ///< does not sound there; the rest is then empty
    std::optional<Instant> start;  ///< moved there; empty: stays
    std::string title;             ///< of what sounds instead; empty: stays
};

struct FeedEvent {
    Event event;
    Instant changed{};                ///< when it was last saved
    std::string location;             ///< where it sounds, in words; may be empty
    std::vector<FeedChange> changes;  ///< one for each original at most
    bool approved = true;             ///< else it is shown as not certain yet
};

/// A calendar for people to look at (RFC 7986).
struct FeedContent {
    std::string id;           ///< becomes the calendar's UID; stays the same for ever
    std::string name;         ///< as calendar programs show it
    std::string description;  ///< likewise
    std::string zone;         ///< IANA name
    Interval window;          ///< at most 400 days; what sounded for the last time before its start is left out
    std::vector<FeedEvent> events;
};

/// One VCALENDAR that Thunderbird, Apple's and Google's calendars show as it will sound: every difference is an EXDATE
/// or the RECURRENCE-ID of one occurrence, since none of them follows RANGE=THISANDFUTURE, a DATE that excludes a
/// DATE-TIME, or the PERIOD of an RDATE. Holds nothing but what such a program shows: no X-LOA-, alarm, attachment,
/// organizer or attendee, whom it would mail. The same content gives the same bytes. Any thread.
std::string writeFeed(const FeedContent& content);

}  // namespace loa
