#pragma once
#include <map>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "scheduler/domain/area.h"
#include "scheduler/domain/event.h"
#include "scheduler/domain/station.h"

namespace loa {

/// The areas from one up to another, both included; from a station to itself: none.
using Way = std::vector<const Area*>;

/// A station and the ways by which targets reach it.
struct ReachedStation {
    const Station* station;
    std::vector<Way> ways;
};

struct Reach {
    std::vector<ReachedStation> stations;  ///< ordered by station id
    std::vector<Target> unknown;           ///< neither a station nor an area the office has
};

/// What an event is aimed at, worked out once for all that ask station by station.
struct Aim {
    std::set<Target> targets;
    std::vector<Target> unknown;  ///< see Reach
    AreaId owner;                 ///< see Places::ownerOf
};

/// The area tree with the stations in it, ready to be asked. Points into what it was made of.
class Places {
public:
    Places(std::span<const Station> stations, std::span<const Area> areas);

    Reach reach(std::span<const Target> targets) const;
    Aim aimOf(const Event& event) const;
    Reach reach(const Aim& aim) const;
    /// The same, with `only` alone among the stations.
    Reach reach(const Aim& aim, const StationId& only) const;
    /// From the area up to the root; empty where there is no such area.
    const Way& wayUp(const AreaId& from) const;
    /// Whether `upper` lies truly above `lower`.
    bool isAbove(const AreaId& upper, const AreaId& lower) const;
    /// Whose plan the event is in: its owner, or the lowest area that has all its targets in or below it. An empty id
    /// when there is none.
    AreaId ownerOf(const Event& event) const { return ownerOf(event.owner, event.targets); }
    /// The same of what has an owner of its own and targets, as a campaign.
    AreaId ownerOf(const std::optional<AreaId>& own, std::span<const Target> targets) const;

private:
    Way climb(const Area& from) const;
    void add(Reach& reach, const std::set<Target>& targets, const Station& station) const;
    std::vector<Target> unknown(std::span<const Target> targets) const;

    std::map<StationId, const Station*> stations_;
    std::map<AreaId, const Area*> areas_;
    std::map<AreaId, Way> ways_;  ///< up from each area
};

}  // namespace loa
