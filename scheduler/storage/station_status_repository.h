#pragma once
#include <optional>

#include "scheduler/domain/station_status.h"
#include "scheduler/storage/transaction.h"

namespace loa {

/// What a station last said, and when the office heard it (by the office's clock).
struct ReceivedStatus {
    StationId station;
    StationStatus status;
    Instant received{};
    bool operator==(const ReceivedStatus&) const = default;
};

struct StationStatusRepository {
    static std::optional<ReceivedStatus> find(ReadTransaction& transaction, const StationId& station);
    /// Replaces what the station said before. The station must exist.
    static void save(WriteTransaction& transaction, const ReceivedStatus& received);
};

}  // namespace loa
