#pragma once
#include <optional>
#include <string>

#include "scheduler/domain/clock.h"
#include "scheduler/storage/database.h"
#include "scheduler/storage/token_repository.h"

namespace loa {

constexpr Milliseconds codeLife = std::chrono::minutes{15};
constexpr Milliseconds signedInLife = std::chrono::hours{12};

/// A secret just made; shown once, only its hash is kept.
struct Issued {
    std::string secret;
    std::optional<Instant> expires;
};

/// For a person or program of the office. `life` empty: until revoked.
Issued issueOfficeToken(Database& database, const Clock& clock, const std::string& name,
                        std::optional<Milliseconds> life);

/// A one-use code, good for one office token.
Issued issueCode(Database& database, const Clock& clock, const std::string& name);

/// For one station; every token it had before is revoked. Throws Error(notFound).
Issued issueStationToken(Database& database, const Clock& clock, const StationId& station);

/// Uses the code up and gives an office token for signedInLife. Throws Error(unauthenticated) when it was used already.
Issued redeemCode(Database& database, const Clock& clock, const TokenId& code);

/// The token this secret belongs to, when it is usable now. Notes its use at most once a minute.
std::optional<Token> authenticate(Database& database, const Clock& clock, const std::string& secret);

}  // namespace loa
