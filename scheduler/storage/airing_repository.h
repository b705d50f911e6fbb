#pragma once
#include <optional>
#include <vector>

#include "scheduler/domain/airing.h"
#include "scheduler/storage/transaction.h"

namespace loa {

/// The airings stations have reported: only ever added to. Most callers that write want AiringJournal instead.
struct AiringRepository {
    static std::optional<Airing> find(ReadTransaction& transaction, const AiringId& id);
    /// Of the station, planned to start in `planned`, ordered by planned start, epoch, sequence.
    static std::vector<Airing> plannedIn(ReadTransaction& transaction, const StationId& station, Interval planned);
    /// The same over all stations, ordered by station first.
    static std::vector<Airing> plannedIn(ReadTransaction& transaction, Interval planned);
    /// All attempts at one slot, by epoch and sequence.
    static std::vector<Airing> ofSlot(ReadTransaction& transaction, const StationId& station, const SlotId& slot);
    /// Adds it; does nothing when the same airing is there. Throws Error(conflict, "airing-differs") when one with this
    /// id says something else.
    static void add(WriteTransaction& transaction, const Airing& airing);
    /// What `add` would throw for; true when the same airing is there already.
    static bool holds(ReadTransaction& transaction, const Airing& airing);
};

}  // namespace loa
