#pragma once
#include <optional>
#include <string>
#include <vector>

#include "scheduler/domain/actor.h"
#include "scheduler/domain/clock.h"
#include "scheduler/operations/kept.h"
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

// `by`, in what follows: who asks, for the audit trail; the program itself where nobody does.

/// For a person or program of the office. `life` empty: until revoked.
Issued issueOfficeToken(Database& database, const Clock& clock, const std::string& name,
                        std::optional<Milliseconds> life, const Actor& by = {});

/// A one-use code, good for one office token. `holder`: the token it is asked for with, if any; one that ends by itself
/// makes none (Error forbidden "lasting-token-needed"), or signing in once would last for ever.
Issued issueCode(Database& database, const Clock& clock, const std::string& name,
                 const std::optional<TokenId>& holder = std::nullopt, const Actor& by = {});

/// For one station; every token it had before is revoked. Throws Error(notFound).
Issued issueStationToken(Database& database, const Clock& clock, const StationId& station, const Actor& by = {});

/// Uses the code up and gives an office token for signedInLife. Throws Error(unauthenticated) when it was used already.
Issued redeemCode(Database& database, const Clock& clock, const TokenId& code, const Actor& by = {});

/// Tokens by their hash, as long as nothing in the store changes.
using KnownTokens = Kept<std::int64_t, Token>;
constexpr std::size_t knownTokensLimit = 10'000;

/// The token this secret belongs to, when it is usable now. Notes its use at most once a minute, and not where the
/// store takes no writes: a full disk locks nobody out.
std::optional<Token> authenticate(Database& database, const Clock& clock, KnownTokens& known,
                                  const std::string& secret);

/// All that open something now, by the time they were made.
std::vector<Token> usableTokens(Database& database, const Clock& clock);

/// Ends a token at once. Throws Error(notFound) when it is not there or was revoked before.
void revokeToken(Database& database, const Clock& clock, const TokenId& token, const Actor& by = {});

}  // namespace loa
