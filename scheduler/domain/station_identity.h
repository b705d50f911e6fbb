#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "scheduler/domain/id.h"
#include "scheduler/domain/time.h"

namespace loa {

/// One box that has enrolled as a station. A station has at most one that is not retired.
struct StationIdentity {
    StationId station;
    std::int64_t number = 1;  ///< counts the boxes this station has had
    std::string key;          ///< public, as text; no two identities have the same
    std::string words;        ///< six, which the box showed too when it enrolled
    Instant enrolled{};
    std::optional<Instant> retired;
    std::int64_t epoch = 0;  ///< of its airings, as it last said; 0: it has not yet
    std::int64_t lastSequence = 0;
    bool operator==(const StationIdentity&) const = default;
};

/// A one-time code that lets a box enrol as the station. What opens with it is kept, not the code.
struct GivenCode {
    std::string name;  ///< its first letters, by which a box says which code it has
    StationId station;
    std::string key;  ///< the public half of the key that is made from the code, as text
    Instant expires{};
    int wrongTries = 0;
    std::optional<Instant> used;
    bool operator==(const GivenCode&) const = default;
};

}  // namespace loa
