#pragma once
#include <cstdint>

#include "scheduler/storage/transaction.h"

namespace loa {

/// Counts the changes that can change a manifest: areas, stations, events, occurrences, media. The repositories bump it
/// themselves, in the same transaction, so a publisher that remembers the number it worked from misses nothing.
struct PlanVersion {
    static std::int64_t current(ReadTransaction& transaction);
    /// Returns the new number.
    static std::int64_t bump(WriteTransaction& transaction);

    /// Counts those to areas, stations and airtime alone.
    static std::int64_t rules(ReadTransaction& transaction);
    /// Both numbers.
    static void bumpRules(WriteTransaction& transaction);
};

}  // namespace loa
