#pragma once
#include <functional>
#include <optional>
#include <string>

#include "scheduler/domain/id.h"

namespace loa {

/// Who asks.
struct Principal {
    enum class Kind {
        nobody,   ///< no token, or one that is not valid
        office,   ///< a person or program of the office
        station,  ///< one station's player; `station` says which
        code      ///< holder of a one-use code, good for nothing but exchanging it
    };
    Kind kind = Kind::nobody;
    std::string name;                  ///< for logs and the audit trail
    std::optional<StationId> station;  ///< set exactly when kind is station
    TokenId token;
    bool operator==(const Principal&) const = default;
};

/// Whom a bearer token belongs to; kind nobody when it is unknown, expired or revoked. Called from several threads.
using Authenticator = std::function<Principal(const std::string& bearer)>;

}  // namespace loa
