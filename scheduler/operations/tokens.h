#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "scheduler/domain/actor.h"
#include "scheduler/domain/clock.h"
#include "scheduler/operations/people_desk.h"
#include "scheduler/storage/database.h"
#include "scheduler/storage/token_repository.h"

namespace loa {

/// A secret just made; shown once, only its hash is kept.
struct Issued {
    std::string secret;
    std::optional<Instant> expires;
};

/// A secret that somebody can be given, with the token that it opens: not saved, and nobody's yet.
struct NewToken {
    Issued issued;
    Token token;
};
NewToken newToken(Instant now, TokenKind kind, const std::string& name, std::optional<Milliseconds> life);

/// A personal token: good for those of the rights that its person has, and only while they have them. Throws Error:
/// notFound; invalid "not-for-tokens" for what no token is good for, and for no right at all; forbidden where a person
/// asks, for themselves, for a right they do not hold when it is written.
Issued issuePersonalToken(const PeopleDesk& desk, const PersonId& person, const std::string& name,
                          const std::set<Right>& rights, std::optional<Milliseconds> life);
/// Those of the person that open something now, by the time they were made; with their last use until now.
std::vector<Token> personalTokens(const PeopleDesk& desk, const PersonId& person);
/// Throws Error(notFound) where it is not the person's.
void revokePersonalToken(const PeopleDesk& desk, const PersonId& person, const TokenId& token);
/// All rights that a token may be good for.
std::set<Right> rightsForTokens();

/// All that open something now, by the time they were made; their last use as far as it is written down.
std::vector<Token> usableTokens(Database& database, const Clock& clock);

/// Ends a token at once, as the program itself. Throws Error(notFound) when it is not there or was revoked before.
void revokeToken(Database& database, const Clock& clock, const TokenId& token);

}  // namespace loa
