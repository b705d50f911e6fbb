#pragma once
#include <cstdint>
#include <optional>

#include "scheduler/domain/id.h"
#include "scheduler/domain/manifest.h"
#include "scheduler/domain/time.h"

namespace loa {

/// A slot that once stood in a published manifest. What a station was told is never forgotten: the report compares
/// airings with these, not with what the plan has become since.
struct PublishedSlot {
    StationId station;
    Slot slot;                         ///< as last published
    std::int64_t firstRevision = 0;    ///< of the station's manifest in which it first stood
    std::int64_t lastRevision = 0;     ///< in which it last stood
    std::optional<Instant> withdrawn;  ///< when it was taken out of the plan again
    bool operator==(const PublishedSlot&) const = default;
};

}  // namespace loa
