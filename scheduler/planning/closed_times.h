#pragma once
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "scheduler/domain/airtime.h"
#include "scheduler/domain/event.h"
#include "scheduler/planning/places.h"
#include "scheduler/planning/seats.h"

namespace loa {

/// What an occurrence would sound, or would if it could.
struct PlannedSound {
    Instant original;
    Interval at;
    MediaId media;
    std::optional<StationId> only = {};  ///< there alone, in place of what the others sound; empty: at all the others
};

/// Occurrences of an event that the rules of airtime refuse, for one reason at the same stations.
struct ClosedTimes {
    Refusal why;                      ///< of the first
    std::vector<Instant> starts;      ///< ascending, at least one
    std::vector<StationId> stations;  ///< ordered by id
};

/// Which of the event's sounds fall where the stations it reaches are closed, with the codes of Seats::refusal but for
/// what depends on other events. `sounds` are ordered by start; of each station override that sounds there is one with
/// `only`. Stations under the same rules that do nothing differently are looked at once.
std::vector<ClosedTimes> findClosedTimes(const Event& event, std::span<const PlannedSound> sounds, const Places& places,
                                         std::span<const Airtime> airtimes, const CivilTime& civilTime);

/// Why the first start that lies in quiet hours at every station that would sound then is nothing but a mistake; empty
/// when there is none. Starts in `excused` are passed over.
std::optional<Refusal> quietEverywhere(const Event& event, std::span<const PlannedSound> sounds,
                                       std::span<const ClosedTimes> closed, const Places& places,
                                       const std::set<Instant>& excused);

}  // namespace loa
