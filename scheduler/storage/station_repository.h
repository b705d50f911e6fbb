#pragma once
#include <optional>
#include <vector>

#include "scheduler/domain/station.h"
#include "scheduler/storage/transaction.h"

namespace loa {

/// Lists are ordered by id.
struct StationRepository {
    static std::optional<Station> find(ReadTransaction& transaction, const StationId& id);
    static std::vector<Station> all(ReadTransaction& transaction);
    /// Those in `area` and anywhere below it.
    static std::vector<Station> byArea(ReadTransaction& transaction, const AreaId& area);
    /// Adds or replaces. Throws Error(invalid, "unknown-area") when its area is not there.
    static void save(WriteTransaction& transaction, const Station& station);
    /// Whether something was ever planned there or reported from there.
    static bool hasHistory(ReadTransaction& transaction, const StationId& id);
    /// Removes it, its tokens and its status; what it was told and what it aired stay. Removing what is not there is
    /// fine.
    static void remove(WriteTransaction& transaction, const StationId& id);
};

}  // namespace loa
