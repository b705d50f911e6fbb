#pragma once
#include "api/http/request.h"

namespace loa {

/// The station that the path names. Throws Error(notFound) where a station asks for another one.
StationId ownStation(const Request& request);

}  // namespace loa
