#include "scheduler/planning/closed_times.h"

#include <algorithm>
#include <map>
#include <set>

namespace loa {
namespace {

/// What decides a station's airtime: its zone, and the areas above it that have rules.
using Regime = std::pair<std::string, std::vector<AreaId>>;

std::map<Regime, std::vector<const Station*>> byRegime(const Reach& reach, const Places& places,
                                                       std::span<const Airtime> airtimes) {
    std::set<AreaId> ruling;
    for (const Airtime& airtime : airtimes) ruling.insert(airtime.area);
    std::map<Regime, std::vector<const Station*>> groups;
    for (const ReachedStation& reached : reach.stations) {
        Regime regime{reached.station->zone, {}};
        for (const Area* area : places.wayUp(reached.station->area))
            if (ruling.contains(area->id)) regime.second.push_back(area->id);
        if (!regime.second.empty()) groups[std::move(regime)].push_back(reached.station);
    }
    return groups;
}

}  // namespace

std::vector<ClosedTimes> findClosedTimes(const Event& event, std::span<const PlannedSound> sounds, const Places& places,
                                         std::span<const Airtime> airtimes, const CivilTime& civilTime) {
    std::vector<ClosedTimes> all;
    if (sounds.empty()) return all;
    for (const auto& [regime, stations] : byRegime(places.reach(event.targets), places, airtimes)) {
        const std::string& zone = regime.first;
        const std::chrono::sys_days first{civilTime.dayOf(sounds.front().at.start, zone)};
        const Seats seats{airtimeOf(*stations.front(), places, airtimes, Day{first - std::chrono::days{1}},
                                    civilTime.dayOf(sounds.back().at.end, zone), civilTime.instantOf),
                          zone, civilTime.timeText};
        std::map<std::string, ClosedTimes> byCode;
        for (const PlannedSound& sound : sounds) {
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

std::optional<Refusal> quietEverywhere(const Event& event, std::span<const ClosedTimes> closed, const Places& places,
                                       const std::set<Instant>& excused) {
    std::map<Instant, std::size_t> quietStations;
    for (const ClosedTimes& each : closed)
        if (each.why.code == "quiet-hours")
            for (const Instant start : each.starts)
                if (!excused.contains(start)) quietStations[start] += each.stations.size();
    if (quietStations.empty()) return std::nullopt;
    const auto all = places.reach(event.targets).stations.size();
    const auto found = std::find_if(quietStations.begin(), quietStations.end(),
                                    [&](const auto& entry) { return entry.second == all; });
    if (found == quietStations.end()) return std::nullopt;
    for (const ClosedTimes& each : closed)
        if (each.why.code == "quiet-hours" && std::binary_search(each.starts.begin(), each.starts.end(), found->first))
            return each.why;
    return std::nullopt;
}

}  // namespace loa
