#pragma once
#include <optional>
#include <span>
#include <vector>

#include "scheduler/domain/manifest.h"
#include "scheduler/domain/published_slot.h"
#include "scheduler/storage/transaction.h"

namespace loa {

/// Every slot that ever stood in a published manifest.
struct SlotRepository {
    /// Those of the station that start in `window`, withdrawn ones too, ordered by start, then id.
    static std::vector<PublishedSlot> startingIn(ReadTransaction& transaction, const StationId& station,
                                                 Interval window);
    /// The same over all stations, ordered by station, start, id.
    static std::vector<PublishedSlot> startingIn(ReadTransaction& transaction, Interval window);
    static std::optional<PublishedSlot> find(ReadTransaction& transaction, const StationId& station, const SlotId& id);
    /// Notes what this manifest has, and that slots which earlier revisions had inside its window are withdrawn since
    /// manifest.issued. Slots before the window stay as they are.
    static void publish(WriteTransaction& transaction, const Manifest& manifest);
};

}  // namespace loa
