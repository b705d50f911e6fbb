#pragma once
#include <string>
#include <string_view>

#include "api/wire/json.h"
#include "scheduler/domain/feed.h"

namespace loa {

/// {"target": "station:<id>" | "area:<id>" | "campaign:<id>", "name"?}
struct FeedBody {
    FeedTarget target;
    std::string name;  ///< empty: that of the target
};

/// Throws Error(malformed) naming the member; invalid for a target that cannot be read.
FeedBody feedBodyFromJson(std::string_view text);

/// Without its secret, which is not kept.
Json toJson(const Feed& feed);

}  // namespace loa
