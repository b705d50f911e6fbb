#include "scheduler/planning/closed_times.h"

#include <algorithm>
#include <map>
#include <set>

namespace loa {
namespace {

/// The originals of which each station does something else.
using Overrides = std::map<StationId, std::set<Instant>>;

Overrides overridesOf(const Event& event) {
    Overrides overrides;
    for (const StationOverride& own : event.stationOverrides) overrides[own.station].insert(own.original);
    return overrides;
}

/// What decides when a station is closed to the event: its zone, the areas above it that have rules, and itself where
/// it does something differently.
struct Regime {
    std::string zone;
    std::vector<AreaId> ruling;
    std::optional<StationId> own;
    auto operator<=>(const Regime&) const = default;
};

std::map<Regime, std::vector<const Station*>> byRegime(const Reach& reach, const Places& places,
                                                       std::span<const Airtime> airtimes, const Overrides& overrides) {
    std::set<AreaId> ruling;
    for (const Airtime& airtime : airtimes) ruling.insert(airtime.area);
    std::map<Regime, std::vector<const Station*>> groups;
    for (const ReachedStation& reached : reach.stations) {
        Regime regime{reached.station->zone, {}, {}};
        for (const Area* area : places.wayUp(reached.station->area))
            if (ruling.contains(area->id)) regime.ruling.push_back(area->id);
        if (regime.ruling.empty()) continue;
        if (overrides.contains(reached.station->id)) regime.own = reached.station->id;
        groups[std::move(regime)].push_back(reached.station);
    }
    return groups;
}

/// Whether it sounds at the stations of the regime.
bool soundsUnder(const PlannedSound& sound, const Regime& regime, const Overrides& overrides) {
    if (sound.only) return sound.only == regime.own;
    return !regime.own || !overrides.at(*regime.own).contains(sound.original);
}

/// At how many stations something of the event starts then.
std::size_t stationsAt(Instant start, std::span<const PlannedSound> sounds, const Reach& reach,
                       const Overrides& overrides) {
    const auto from = std::lower_bound(sounds.begin(), sounds.end(), start,
                                       [](const PlannedSound& sound, Instant at) { return sound.at.start < at; });
    std::size_t count = 0;
    for (auto sound = from; sound != sounds.end() && sound->at.start == start; ++sound)
        count += static_cast<std::size_t>(
            std::count_if(reach.stations.begin(), reach.stations.end(), [&](const ReachedStation& reached) {
                const StationId& station = reached.station->id;
                if (sound->only) return sound->only == station;
                const auto own = overrides.find(station);
                return own == overrides.end() || !own->second.contains(sound->original);
            }));
    return count;
}

}  // namespace

std::vector<ClosedTimes> findClosedTimes(const Event& event, std::span<const PlannedSound> sounds, const Places& places,
                                         std::span<const Airtime> airtimes, const CivilTime& civilTime) {
    std::vector<ClosedTimes> all;
    if (sounds.empty()) return all;
    const auto overrides = overridesOf(event);
    for (const auto& [regime, stations] : byRegime(places.reach(event.targets), places, airtimes, overrides)) {
        const std::string& zone = regime.zone;
        const std::chrono::sys_days first{civilTime.dayOf(sounds.front().at.start, zone)};
        const Seats seats{airtimeOf(*stations.front(), places, airtimes, Day{first - std::chrono::days{1}},
                                    civilTime.dayOf(sounds.back().at.end, zone), civilTime.instantOf),
                          zone, civilTime.timeText};
        std::map<std::string, ClosedTimes> byCode;
        for (const PlannedSound& sound : sounds) {
            if (!soundsUnder(sound, regime, overrides)) continue;
            auto why = seats.refusal({sound.at, sound.media, event.title, event.messageClass});
            if (!why) continue;
            auto& closed = byCode[why->code];
            if (closed.starts.empty()) closed.why = *std::move(why);
            closed.starts.push_back(sound.at.start);
        }
        for (auto& [code, closed] : byCode) {
            for (const Station* station : stations) closed.stations.push_back(station->id);
            all.push_back(std::move(closed));
        }
    }
    std::stable_sort(all.begin(), all.end(), [](const ClosedTimes& left, const ClosedTimes& right) {
        return left.starts.front() < right.starts.front();
    });
    return all;
}

std::optional<Refusal> quietEverywhere(const Event& event, std::span<const PlannedSound> sounds,
                                       std::span<const ClosedTimes> closed, const Places& places,
                                       const std::set<Instant>& excused) {
    std::map<Instant, std::size_t> quietStations;
    for (const ClosedTimes& each : closed)
        if (each.why.code == "quiet-hours")
            for (const Instant start : each.starts)
                if (!excused.contains(start)) quietStations[start] += each.stations.size();
    if (quietStations.empty()) return std::nullopt;
    const auto reach = places.reach(event.targets);
    const auto overrides = overridesOf(event);
    const auto found = std::find_if(quietStations.begin(), quietStations.end(), [&](const auto& entry) {
        return entry.second >= stationsAt(entry.first, sounds, reach, overrides);
    });
    if (found == quietStations.end()) return std::nullopt;
    for (const ClosedTimes& each : closed)
        if (each.why.code == "quiet-hours" && std::binary_search(each.starts.begin(), each.starts.end(), found->first))
            return each.why;
    return std::nullopt;
}

}  // namespace loa
