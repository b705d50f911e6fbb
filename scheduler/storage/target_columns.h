#pragma once
#include <optional>

#include "scheduler/domain/event.h"

namespace loa {

// Whom something is aimed at lies in two columns, `station` and `area`, of which one is NULL. For use inside storage
// only.

struct TargetColumns {
    explicit TargetColumns(const Target& target) {
        if (const auto* id = std::get_if<StationId>(&target)) station = *id;
        if (const auto* id = std::get_if<AreaId>(&target)) area = *id;
    }
    std::optional<StationId> station;
    std::optional<AreaId> area;
};

inline Target targetOf(const std::optional<StationId>& station, const std::optional<AreaId>& area) {
    return station ? Target{*station} : Target{area.value()};
}

}  // namespace loa
