#pragma once
#include <optional>
#include <string>

#include "scheduler/domain/id.h"
#include "scheduler/domain/time.h"

namespace loa {

/// A unit of the area tree: province, district, commune, hamlet, or whatever the law of the day has. Any number of
/// tiers; valid for a time (districts were abolished on 2025-07-01).
struct Area {
    AreaId id;
    std::string name;  ///< NFC, as people write it: "huyện Thanh Bình"
    std::optional<AreaId> parent;
    std::optional<Day> validFrom;  ///< first day, inclusive; empty: since ever
    std::optional<Day> validTo;    ///< last day, inclusive; empty: until further notice
    bool operator==(const Area&) const = default;
};

}  // namespace loa
