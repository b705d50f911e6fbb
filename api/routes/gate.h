#pragma once
#include "api/http/principal.h"
#include "api/http/request.h"
#include "api/routes/tables.h"
#include "scheduler/operations/callers.h"

namespace loa {

/// The one place that decides whether a request may do what its route is for. The scheduler its handler works on: it
/// knows who asks, and what they may. Throws Error: notFound, the very one as where there is no such thing, when what
/// the path names is out of the caller's sight, unless they would make it under that name; forbidden when the right is
/// not theirs there; forbidden "confirmation-needed" when it is dangerous and their password was given too long ago.
Scheduler admitted(const Scheduler& scheduler, const SchedulerRoute& route, const Request& request);

/// A person at a page, and no program with a token of theirs.
bool isSignedIn(const Principal& principal);

/// Whose secret that is, for the router.
Principal principalOf(std::optional<Caller> caller);

}  // namespace loa
