#pragma once
#include <optional>
#include <string>

#include "scheduler/domain/id.h"
#include "scheduler/domain/time.h"

namespace loa {

constexpr Milliseconds longestTrim{500};

/// A loudspeaker station (đài, trạm truyền thanh): one station player, one output.
struct Station {
    StationId id;
    std::string name;
    AreaId area;
    std::string zone;              ///< IANA name; the days of this station's reports are days of this zone
    std::optional<Day> validFrom;  ///< as in Area
    std::optional<Day> validTo;
    std::optional<int> volumeCeilingDb = {};  ///< as in Daypart, at all hours
    /// Its sound is this much later than the plan, -500 to 500 ms: loudspeakers within earshot of each other are made
    /// to sound together where one listens most.
    Milliseconds trim{0};
    bool operator==(const Station&) const = default;
};

}  // namespace loa
