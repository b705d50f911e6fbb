#pragma once
#include <optional>
#include <span>

#include "scheduler/domain/error.h"
#include "scheduler/domain/event.h"
#include "scheduler/operations/scheduler.h"
#include "scheduler/storage/transaction.h"

namespace loa {

/// The area a target is in: its own, or its station's. Empty where there is no such station.
std::optional<AreaId> areaOf(ReadTransaction& transaction, const Target& target);

/// Whether the actor holds the right at all of the targets; without any, whether at the whole office.
bool mayAt(ReadTransaction& transaction, const Scheduler& scheduler, Right right, std::span<const Target> targets);

/// Each area with the one it lies in, as stored.
AreaParents areaParents(ReadTransaction& transaction);

/// What the actor may do by the tree that this transaction sees. Where a change of the tree or of a station's place is
/// written, the one they were let in with may be old.
Standing standingNow(ReadTransaction& transaction, const Standing& standing);

/// Throws Error(forbidden) unless the actor holds the right there. An empty place is the whole office.
void requireRight(const Scheduler& scheduler, Right right, const std::optional<AreaId>& place);

Error forbidden();

}  // namespace loa
