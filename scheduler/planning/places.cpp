#include "scheduler/planning/places.h"

#include <algorithm>
#include <set>

namespace loa {

Places::Places(std::span<const Station> stations, std::span<const Area> areas) {
    for (const Station& station : stations) stations_.emplace(station.id, &station);
    for (const Area& area : areas) areas_.emplace(area.id, &area);
    for (const Area& area : areas) ways_.emplace(area.id, climb(area));
}

Way Places::climb(const Area& from) const {
    Way way;
    std::set<AreaId> seen;
    for (auto at = areas_.find(from.id); at != areas_.end() && seen.insert(at->first).second;) {
        way.push_back(at->second);
        at = at->second->parent ? areas_.find(*at->second->parent) : areas_.end();
    }
    return way;
}

const Way& Places::wayUp(const AreaId& from) const {
    static const Way none;
    const auto found = ways_.find(from);
    return found == ways_.end() ? none : found->second;
}

bool Places::isAbove(const AreaId& upper, const AreaId& lower) const {
    const Way& up = wayUp(lower);
    return upper != lower && std::any_of(up.begin(), up.end(), [&](const Area* area) { return area->id == upper; });
}

std::vector<Target> Places::unknown(std::span<const Target> targets) const {
    std::vector<Target> unknown;
    for (const Target& target : targets) {
        const auto* area = std::get_if<AreaId>(&target);
        const bool known = area ? areas_.contains(*area) : stations_.contains(std::get<StationId>(target));
        if (!known) unknown.push_back(target);
    }
    return unknown;
}

/// Whether the station itself is among the targets, then each area above it: whatever their number, few questions.
void Places::add(Reach& reach, const std::set<Target>& targets, const Station& station) const {
    ReachedStation reached{&station, {}};
    if (targets.contains(station.id)) reached.ways.emplace_back();
    const Way& up = wayUp(station.area);
    for (auto area = up.begin(); area != up.end(); ++area)
        if (targets.contains((*area)->id)) reached.ways.emplace_back(up.begin(), area + 1);
    if (!reached.ways.empty()) reach.stations.push_back(std::move(reached));
}

Reach Places::reach(std::span<const Target> targets) const {
    return reach(Aim{{targets.begin(), targets.end()}, unknown(targets), {}});
}

Aim Places::aimOf(const Event& event) const {
    return {{event.targets.begin(), event.targets.end()}, unknown(event.targets), ownerOf(event)};
}

Reach Places::reach(const Aim& aim) const {
    Reach reach{{}, aim.unknown};
    for (const auto& [id, station] : stations_) add(reach, aim.targets, *station);
    return reach;
}

Reach Places::reach(const Aim& aim, const StationId& only) const {
    Reach reach{{}, aim.unknown};
    const auto station = stations_.find(only);
    if (station != stations_.end()) add(reach, aim.targets, *station->second);
    return reach;
}

AreaId Places::ownerOf(const std::optional<AreaId>& own, std::span<const Target> targets) const {
    if (own) return *own;
    std::optional<Way> shared;
    for (const Target& target : targets) {
        const auto* area = std::get_if<AreaId>(&target);
        const auto station = area ? stations_.end() : stations_.find(std::get<StationId>(target));
        if (!area && station == stations_.end()) continue;
        Way way = wayUp(area ? *area : station->second->area);
        if (!shared) shared = way;
        while (!shared->empty() && std::find(way.begin(), way.end(), shared->front()) == way.end())
            shared->erase(shared->begin());
    }
    return shared && !shared->empty() ? shared->front()->id : AreaId{};
}

}  // namespace loa
