#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scheduler/domain/airtime.h"

namespace loa {

/// Reads the airtime of one area from VAVAILABILITYs (RFC 7953) as writeAirtime writes them, ordered by validity.
/// Takes from other programs what means exactly one Airtime, in `zone`; the rest is refused, nothing is guessed.
/// Throws Error with the line: malformed or tooLarge for the text; invalid: what checkAirtime names, "other-zone",
/// "unknown-zone", "airtime-unclear", "no-airtime", or what a value is refused with. All or nothing; any thread.
std::vector<Airtime> readAirtime(std::string_view text, const AreaId& area,
                                 const std::string& zone = "Asia/Ho_Chi_Minh");

/// What airtime must be, wherever it comes from; special days may come in any order. Throws Error (invalid, line 0):
/// "year-out-of-range", "validity-inverted", "validity-overlap", "bad-name", "no-weekdays", "bad-time-of-day",
/// "zero-length", "over-a-day", "window-never", "bad-ceiling", "bad-volume-ceiling", "dayparts-overlap",
/// "special-days-inverted", "special-days-outside", "special-days-overlap", "bad-longest", "bad-airings-per-day",
/// "too-much-airtime".
void checkAirtime(std::span<const Airtime> airtimes);

}  // namespace loa
