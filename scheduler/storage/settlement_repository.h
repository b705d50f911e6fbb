#pragma once
#include <vector>

#include "scheduler/domain/settlement.h"
#include "scheduler/storage/transaction.h"

namespace loa {

/// How communes settled what came from above against their own.
struct SettlementRepository {
    /// Ordered by when it was decided.
    static std::vector<Settlement> of(ReadTransaction& transaction, const StationId& station);
    /// Adds it or replaces the earlier one of the same clash.
    static void save(WriteTransaction& transaction, const Settlement& settlement);
};

}  // namespace loa
