#pragma once
#include <optional>
#include <string>

#include "scheduler/domain/id.h"
#include "scheduler/domain/time.h"

namespace loa {

/// A loudspeaker station (đài, trạm truyền thanh): one station player, one output.
struct Station {
    StationId id;
    std::string name;
    AreaId area;
    std::string zone;              ///< IANA name; the days of this station's reports are days of this zone
    std::optional<Day> validFrom;  ///< as in Area
    std::optional<Day> validTo;
    bool operator==(const Station&) const = default;
};

}  // namespace loa
