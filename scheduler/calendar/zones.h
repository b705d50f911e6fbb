#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scheduler/domain/time.h"

namespace loa {

/// What a clock on the wall shows, without a zone. Whole seconds.
using LocalTime = std::chrono::local_seconds;

/// Reads "YYYY-MM-DDTHH:MM:SS". Empty when it is anything else or no real time.
std::optional<LocalTime> parseLocalTime(std::string_view text);
std::string formatLocalTime(LocalTime time);

/// Reads the zone of the office before threads start. Throws Error (unavailable) when the machine has no zone data.
void warmZones();

/// Whether `name` is an IANA name this machine has data for ("Asia/Ho_Chi_Minh").
bool knownZone(std::string_view name);

/// The IANA name that a TZID of a calendar program stands for: itself, the tail of "/mozilla.org/.../Asia/Ho_Chi_Minh",
/// or the zone of a Windows name ("SE Asia Standard Time", CLDR windowsZones). Empty when nothing fits.
std::optional<std::string> canonicalZone(std::string_view name);

/// The functions below throw Error (invalid, "unknown-zone") where the zone is not known. All may be called from any
/// thread.

/// RFC 5545 3.3.5: a time that exists twice is the first; one that does not exist takes the offset before the gap.
Instant toInstant(LocalTime time, std::string_view zone);
/// Cut to whole seconds.
LocalTime toLocal(Instant at, std::string_view zone);

/// A day of the zone, from its first instant to the first of the next day: 23 to 25 hours.
Interval dayInZone(Day day, std::string_view zone);
Day dayOf(Instant at, std::string_view zone);

/// From `since` on, the zone is `offset` ahead of UTC.
struct OffsetChange {
    Instant since;
    std::chrono::seconds offset;
};

/// The offset in force at window.start (with `since` there or earlier), then every change that falls in the window.
std::vector<OffsetChange> offsetChanges(std::string_view zone, Interval window);

}  // namespace loa
