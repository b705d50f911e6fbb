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
            if (closed.occurrences++ == 0) {
                closed.why = *std::move(why);
                closed.first = sound.at.start;
            }
            closed.last = sound.at.start;
        }
        for (auto& [code, closed] : byCode) {
            for (const Station* station : stations) closed.stations.push_back(station->id);
            all.push_back(std::move(closed));
        }
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const ClosedTimes& left, const ClosedTimes& right) { return left.first < right.first; });
    return all;
}

}  // namespace loa
