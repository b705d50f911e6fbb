#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scheduler/domain/id.h"
#include "scheduler/domain/time.h"

namespace loa {

/// The lowest volume ceiling, in dB: what is sound in a medium (-40 dBFS) is then just above what counts as silence at
/// a station (-60 dBFS).
constexpr int lowestVolumeCeilingDb = -20;

/// A set of days of the week.
class Weekdays {
public:
    constexpr Weekdays() = default;
    constexpr Weekdays(std::initializer_list<std::chrono::weekday> days) {
        for (const auto day : days) add(day);
    }
    static constexpr Weekdays all() { return fromBits(0x7F); }
    /// Bit 0 is Monday, bit 6 Sunday; higher bits are dropped.
    static constexpr Weekdays fromBits(unsigned bits) {
        Weekdays days;
        days.bits_ = bits & 0x7FU;
        return days;
    }
    constexpr unsigned bits() const { return bits_; }
    constexpr void add(std::chrono::weekday day) { bits_ |= bitOf(day); }
    constexpr bool contains(std::chrono::weekday day) const { return (bits_ & bitOf(day)) != 0; }
    constexpr bool empty() const { return bits_ == 0; }
    bool operator==(const Weekdays&) const = default;

private:
    static constexpr unsigned bitOf(std::chrono::weekday day) { return 1U << (day.iso_encoding() - 1); }
    unsigned bits_ = 0;
};

/// A stretch of the civil day that comes again each week, in the station's own zone. It begins on each of `weekdays`
/// and may reach over midnight; a clock change makes it shorter or longer, its ends stay where the wall clock shows
/// them.
struct DailyWindow {
    std::string name;  ///< as people say it: "buổi sáng", "giờ nghỉ trưa"
    Weekdays weekdays = Weekdays::all();
    std::chrono::minutes from{0};    ///< since midnight, 0 to 1439
    std::chrono::minutes length{0};  ///< 1 minute to 24 hours
    bool operator==(const DailyWindow&) const = default;
};

/// A buổi phát: when routine announcements may air.
struct Daypart {
    DailyWindow window;
    std::optional<std::chrono::minutes> ceiling;  ///< announcements may fill this much of it; empty: all of it
    std::optional<int> volumeCeilingDb =
        {};  ///< no louder than this, lowestVolumeCeilingDb to 0; empty: as loud as it is
    bool operator==(const Daypart&) const = default;
};

/// Days on which other dayparts hold than usual: a holiday, a mourning, a festival. Lunar dates are entered as the days
/// they fall on.
struct SpecialDays {
    std::string name;  ///< "Tết Nguyên đán"
    Day first;
    Day last;                       ///< inclusive
    std::vector<Daypart> dayparts;  ///< in place of the usual ones; empty: nothing routine airs
    bool operator==(const SpecialDays&) const = default;
};

/// The rules one area sets for the stations in and below it, for a time. What it leaves open comes from above:
/// dayparts are those of the nearest area that has any, special days those of the nearest area that names the day;
/// quiet hours of all areas add up; of the limits the strictest counts. Where no area up to the root has dayparts,
/// every hour is open.
struct Airtime {
    AreaId area;
    std::optional<Day> validFrom;                     ///< as in Area; the rules of one area never overlap in validity
    std::optional<Day> validTo;                       ///< inclusive
    std::optional<std::vector<Daypart>> dayparts;     ///< empty optional: inherited; empty list: nothing routine airs
    std::vector<DailyWindow> quietHours;              ///< nothing but orders sounds in them
    std::vector<SpecialDays> specialDays;             ///< ordered by first day; none overlaps another
    std::optional<Milliseconds> longestAnnouncement;  ///< more than 0
    std::optional<int> airingsPerDay;  ///< of one announcement at one station, on a civil day; at least 1
    bool operator==(const Airtime&) const = default;
};

}  // namespace loa
