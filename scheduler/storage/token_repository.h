#pragma once
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scheduler/domain/choice.h"
#include "scheduler/domain/id.h"
#include "scheduler/domain/time.h"
#include "scheduler/people/person.h"
#include "scheduler/people/right.h"
#include "scheduler/storage/transaction.h"

namespace loa {

/// Both are sent with every request.
enum class TokenKind { person, station };
template <>
inline constexpr auto choiceWords<TokenKind> = wordsFor<TokenKind>({{TokenKind::person, "person"},
                                                                    {TokenKind::station, "station"}});

/// A secret somebody holds. Loa keeps only its hash.
struct Token {
    TokenId id;
    TokenKind kind = TokenKind::person;
    std::string name;                  ///< whose it is, for people
    std::string hash;                  ///< of the secret, hexadecimal, made by the caller; no two are the same
    std::optional<StationId> station;  ///< of a station's token
    Instant created{};
    std::optional<Instant> expires;
    std::optional<Instant> lastUsed;
    std::optional<Instant> revoked;
    std::optional<PersonId> person = std::nullopt;  ///< of a personal token
    std::set<Right> rights = {};                    ///< likewise: what it may be good for
    bool usable(Instant now) const { return !revoked && (!expires || now < *expires); }
    bool operator==(const Token&) const = default;
};

struct TokenRepository {
    static std::optional<Token> find(ReadTransaction& transaction, const TokenId& id);
    /// Whatever its state: ask Token::usable.
    static std::optional<Token> findByHash(ReadTransaction& transaction, const std::string& hash);
    /// Ordered by creation, then id; revoked ones too.
    static std::vector<Token> all(ReadTransaction& transaction);
    /// Adds or replaces. Throws Error(conflict, "token-exists") when another one has this hash.
    static void save(WriteTransaction& transaction, const Token& token);
    /// Notes its last use; never an earlier one than it has.
    static void touch(WriteTransaction& transaction, const TokenId& id, Instant usedAt);
    /// False when it is not there or was revoked before.
    static bool revoke(WriteTransaction& transaction, const TokenId& id, Instant at);
    static void revokeAllOf(WriteTransaction& transaction, const PersonId& person, Instant at);
};

}  // namespace loa
