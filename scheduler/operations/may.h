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

/// Throws Error(forbidden) unless the actor holds the right there. An empty place is the whole office.
void requireRight(const Scheduler& scheduler, Right right, const std::optional<AreaId>& place);

Error forbidden();

}  // namespace loa
