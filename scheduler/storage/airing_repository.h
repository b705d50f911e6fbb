#pragma once
#include <optional>
#include <vector>

#include "scheduler/domain/airing.h"
#include "scheduler/storage/transaction.h"

namespace loa {

/// The airings stations have reported: only ever added to. Most callers that write want AiringJournal instead. Lists
/// are ordered by station, planned start, epoch, sequence.
struct AiringRepository {
    static std::optional<Airing> find(ReadTransaction& transaction, const AiringId& id);
    /// Of the station, planned to start in `planned` by the plan they were played from.
    static std::vector<Airing> plannedIn(ReadTransaction& transaction, const StationId& station, Interval planned);
    /// What reconcile() needs beside SlotRepository::startingIn of the same window: the airings of those slots,
    /// whenever they were played, and those planned in the window whose slot was never published.
    static std::vector<Airing> concerning(ReadTransaction& transaction, const StationId& station, Interval window);
    /// The same over all stations.
    static std::vector<Airing> concerning(ReadTransaction& transaction, Interval window);
    /// Which of the station's airings from 1 to `lastSequence` are not there.
    static LackingAirings lacking(ReadTransaction& transaction, const StationId& station, std::int64_t epoch,
                                  std::int64_t lastSequence);
    /// Adds it and returns true; returns false when the same airing is there already. Throws Error(conflict,
    /// "airing-differs") when one with this id says something else.
    static bool add(WriteTransaction& transaction, const Airing& airing);
    /// Whether the same airing is there. Throws as `add` does.
    static bool holds(ReadTransaction& transaction, const Airing& airing);
    [[noreturn]] static void refuseDifferent(const AiringId& id);
};

}  // namespace loa
