#pragma once
#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "scheduler/domain/airtime.h"
#include "scheduler/planning/civil_time.h"
#include "scheduler/planning/places.h"

namespace loa {

/// A daypart on one day at one station. Those that reach over midnight belong to the day they begin on.
struct OpenDaypart {
    std::string name;
    Interval at;
    Milliseconds ceiling;  ///< announcements may fill at most this much; never more than at.length()
    std::optional<int> volumeCeilingDb = std::nullopt;  ///< as in Daypart
    bool operator==(const OpenDaypart&) const = default;
};

/// Quiet hours on one day.
struct QuietTime {
    std::string name;
    Interval at;
    bool operator==(const QuietTime&) const = default;
};

/// The rules of one civil day at one station.
struct AirtimeDay {
    Day day;
    Interval at;                          ///< from midnight to midnight of the station's zone
    bool restricted = false;              ///< only dayparts are open; else every hour is
    std::string special;                  ///< the special days' name; empty on a usual day
    std::vector<OpenDaypart> dayparts;    ///< ordered by start
    std::vector<QuietTime> quiet;         ///< those that begin on this day, ordered by start
    std::optional<Milliseconds> longest;  ///< of an announcement
    std::optional<int> airingsPerDay;     ///< of one announcement
    bool operator==(const AirtimeDay&) const = default;
};

/// What one station may sound when, day after day without a gap.
struct StationAirtime {
    std::vector<AirtimeDay> days;
    bool operator==(const StationAirtime&) const = default;
};

/// How loud what sounds then may be, in dB below what it is: the lowest ceiling of the station and of the dayparts it
/// meets.
int gainAt(const Station& station, const StationAirtime& airtime, Interval at);

/// Works out what holds at the station from `first` to `last`, both included: see Airtime for what is inherited how.
/// `rules` are all the office has. A window whose ends fall together through a clock change is left out.
StationAirtime airtimeOf(const Station& station, const Places& places, std::span<const Airtime> rules, Day first,
                         Day last, const InstantOf& instantOf);

}  // namespace loa
