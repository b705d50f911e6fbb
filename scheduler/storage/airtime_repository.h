#pragma once
#include <span>
#include <vector>

#include "scheduler/domain/airtime.h"
#include "scheduler/storage/transaction.h"

namespace loa {

/// When routine announcements may air, area by area.
struct AirtimeRepository {
    /// Ordered by area, then as saved.
    static std::vector<Airtime> all(ReadTransaction& transaction);
    /// Those the area itself sets, as saved.
    static std::vector<Airtime> of(ReadTransaction& transaction, const AreaId& area);
    /// Replaces all rules of the area; each of `rules` must be of it.
    static void save(WriteTransaction& transaction, const AreaId& area, std::span<const Airtime> rules);
};

}  // namespace loa
