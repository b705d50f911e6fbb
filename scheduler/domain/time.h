#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace loa {

using Milliseconds = std::chrono::milliseconds;

/// An instant: UTC, millisecond precision, 64 bits. Zones exist only in scheduler/calendar.
using Instant = std::chrono::sys_time<Milliseconds>;

/// A half-open interval [start, end). Empty when start == end; never inverted where it was checked.
struct Interval {
    Instant start;
    Instant end;
    Milliseconds length() const { return end - start; }
    bool contains(Instant at) const { return start <= at && at < end; }
    bool overlaps(const Interval& other) const { return start < other.end && other.start < end; }
    auto operator<=>(const Interval&) const = default;
};

/// A day of the civil calendar, without a zone ("2027-03-01").
using Day = std::chrono::year_month_day;

std::int64_t epochMilliseconds(Instant at);
Instant fromEpochMilliseconds(std::int64_t milliseconds);

/// "2027-03-01T05:00:00Z", or with ".250" when there are milliseconds (RFC 3339).
std::string formatInstant(Instant at);

/// Reads RFC 3339 with "Z" or an offset, seconds required, up to 9 digits of fraction (cut to milliseconds), years
/// 1970 to 9999. Empty when it is anything else or no real time (month 13, 30 February, second 60).
std::optional<Instant> parseInstant(std::string_view text);

std::string formatDay(Day day);
/// Reads "YYYY-MM-DD". Empty when it is anything else or no real day.
std::optional<Day> parseDay(std::string_view text);

}  // namespace loa
