#pragma once
#include "api/http/principal.h"
#include "api/routes/tables.h"

namespace loa {

/// Whether a listener for them has the route.
bool serves(Audience audience, const SchedulerRoute& route);

/// Lets those alone pass whom a listener is for. What it gives throws Error: forbidden "stations-only", "people-only",
/// "duty-officers-only".
Authenticator onlyFor(Audience audience, Authenticator authenticator);

}  // namespace loa
