#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scheduler/calendar/components.h"
#include "scheduler/calendar/zones.h"

namespace loa {

/// A DATE or DATE-TIME (RFC 5545 3.3.4, 3.3.5).
struct TimeValue {
    LocalTime local;
    bool isDate = false;  ///< `local` is the midnight the day begins with
    std::string zone;     ///< IANA name or "UTC"; empty: floating
    int line = 0;

    Instant instant() const { return toInstant(local, zone); }
};

/// How long something lasts: days by the calendar, then an exact time (RFC 5545 3.3.6, fixtures' README).
struct Length {
    int days = 0;
    Milliseconds exact{0};
    bool operator==(const Length&) const = default;
};

/// Where something ends that starts at `start` and lasts `length`, its days counted in `zone`.
Instant endOf(Instant start, const Length& length, std::string_view zone);

/// Reads "20270301", "20270301T053000" or "20270301T053000Z" (zone "UTC"), years 1 to 9999. Throws Error with the line:
/// "bad-date" when it is anything else, "impossible-date" for month 13, 30 February, 24:00 or second 60.
TimeValue readTime(std::string_view text, int line);
std::string writeTime(const TimeValue& time);  ///< without its TZID

/// A DURATION ("PT15M", "P1W", "P1DT2H"). Throws Error with the line: "bad-duration"; "negative-duration"; "too-long"
/// over 366 days.
Length readLength(const std::string& text, int line);

/// Refuse a length ("no-duration", "too-long") or a year ("year-out-of-range").
[[noreturn]] void yearOutOfRange(int line);
[[noreturn]] void noDuration(int line);
[[noreturn]] void tooLong(int line);

/// TEXT (RFC 5545 3.3.11), its escapes taken out or put in. CR LF and CR become line feeds.
std::string readText(const std::string& value);
std::string writeText(std::string_view text);

/// A whole number of at most 9 digits. Throws Error "bad-number" with the line when it is anything else or out of
/// range.
int readNumber(std::string_view text, int least, int most, int line);

/// The parts between the separators; an empty text has one empty part.
std::vector<std::string> split(std::string_view text, char separator);

}  // namespace loa
