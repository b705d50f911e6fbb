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

std::optional<Way> Places::way(const AreaId& from, const AreaId& to) const {
    const Way& up = wayUp(from);
    const auto end = std::find_if(up.begin(), up.end(), [&](const Area* area) { return area->id == to; });
    return end == up.end() ? std::nullopt : std::optional{Way{up.begin(), end + 1}};
}

bool Places::isAbove(const AreaId& upper, const AreaId& lower) const {
    return upper != lower && way(lower, upper).has_value();
}

std::optional<Way> Places::wayTo(const Target& target, const Station& station) const {
    if (const auto* area = std::get_if<AreaId>(&target)) return way(station.area, *area);
    return std::get<StationId>(target) == station.id ? std::optional{Way{}} : std::nullopt;
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

void Places::add(Reach& reach, std::span<const Target> targets, const Station& station) const {
    ReachedStation reached{&station, {}};
    for (const Target& target : targets)
        if (auto found = wayTo(target, station)) reached.ways.push_back(std::move(*found));
    if (!reached.ways.empty()) reach.stations.push_back(std::move(reached));
}

Reach Places::reach(std::span<const Target> targets) const {
    Reach reach{{}, unknown(targets)};
    for (const auto& [id, station] : stations_) add(reach, targets, *station);
    return reach;
}

Reach Places::reach(std::span<const Target> targets, const StationId& only) const {
    Reach reach{{}, unknown(targets)};
    const auto station = stations_.find(only);
    if (station != stations_.end()) add(reach, targets, *station->second);
    return reach;
}

AreaId Places::ownerOf(const Event& event) const {
    if (event.owner) return *event.owner;
    std::optional<Way> shared;
    for (const Target& target : event.targets) {
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
