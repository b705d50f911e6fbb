#pragma once
#include <span>
#include <string>

#include "scheduler/domain/airtime.h"

namespace loa {

/// The airtime of one area as a calendar, for readAirtime and for programs that know RFC 7953: a VAVAILABILITY for each
/// Airtime, one of higher PRIORITY for each of its special days, and opaque VEVENTs for quiet hours, which every
/// program shows. Times are of `zone`. Throws Error (invalid) as checkAirtime does, or "unknown-zone".
std::string writeAirtime(std::span<const Airtime> airtimes, const std::string& zone = "Asia/Ho_Chi_Minh");

}  // namespace loa
