#pragma once
#include <string>

#include "scheduler/operations/scheduler.h"

namespace loa {

/// The office's time and the station's newest revision, signed for the one who asked with this nonce: what a station
/// without a clock of its own may believe. Throws Error: notFound; invalid "bad-nonce".
std::string sayFresh(Scheduler& scheduler, const StationId& station, const std::string& nonce);

}  // namespace loa
