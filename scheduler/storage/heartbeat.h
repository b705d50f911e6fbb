#pragma once
#include "scheduler/domain/time.h"
#include "scheduler/storage/transaction.h"

namespace loa {

/// One row that is written every few seconds: proof that the store takes writes.
struct Heartbeat {
    static void beat(WriteTransaction& transaction, Instant now);
    /// When it was last written; the epoch when never.
    static Instant last(ReadTransaction& transaction);
};

}  // namespace loa
