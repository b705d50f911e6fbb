#pragma once
#include <optional>
#include <vector>

#include "scheduler/domain/area.h"
#include "scheduler/storage/transaction.h"

namespace loa {

/// The area tree. Lists are ordered by id.
struct AreaRepository {
    static std::optional<Area> find(ReadTransaction& transaction, const AreaId& id);
    static std::vector<Area> all(ReadTransaction& transaction);
    /// `area` and all below it, at any depth.
    static std::vector<Area> descendants(ReadTransaction& transaction, const AreaId& area);
    /// Adds or replaces. Throws Error(invalid, "unknown-area") when its parent is not there, Error(invalid,
    /// "area-cycle") when the parent lies below the area itself.
    static void save(WriteTransaction& transaction, const Area& area);
    /// Throws Error(conflict, "area-in-use") while areas or stations lie below it. Removing what is not there is fine.
    static void remove(WriteTransaction& transaction, const AreaId& id);
};

}  // namespace loa
