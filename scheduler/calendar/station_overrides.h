#pragma once
#include <vector>

#include "scheduler/calendar/components.h"
#include "scheduler/domain/event.h"

namespace loa {

constexpr std::size_t stationOverridesLimit = 2'000;  ///< of one event

/// A station override with the line it stands on.
struct LinedStationOverride {
    StationOverride change;
    int line = 0;
};

/// The X-LOA-OVERRIDE lines of a master, ordered by original, then station:
/// `X-LOA-OVERRIDE;X-STATION=tan-hue;X-ORIGINAL=20270301T220000Z:drop`, or `:change` with X-START=20270301T230000Z,
/// X-MEDIA=<64 hexadecimal digits> or both. Throws Error (invalid) with the line: "bad-station-override",
/// "double-override", "too-many-overrides", or what a date, media or target is refused with.
std::vector<LinedStationOverride> readStationOverrides(const Component& master);

/// Writes them into a master in place of those it had. Throws Error (invalid, line 0): "bad-station-override", or for
/// an id that is none.
void writeStationOverrides(Component& master, const std::vector<StationOverride>& changes);

}  // namespace loa
