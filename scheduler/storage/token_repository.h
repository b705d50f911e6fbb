#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scheduler/domain/choice.h"
#include "scheduler/domain/id.h"
#include "scheduler/domain/time.h"
#include "scheduler/storage/transaction.h"

namespace loa {

/// `code` opens one thing once (the console's first sign-in); the others are sent with every request.
enum class TokenKind { office, station, code };
template <>
inline constexpr auto choiceWords<TokenKind> =
    wordsFor<TokenKind>({{TokenKind::office, "office"}, {TokenKind::station, "station"}, {TokenKind::code, "code"}});

/// A secret somebody holds. Loa keeps only its hash.
struct Token {
    TokenId id;
    TokenKind kind = TokenKind::office;
    std::string name;                  ///< whose it is, for people
    std::string hash;                  ///< of the secret, hexadecimal, made by the caller; no two are the same
    std::optional<StationId> station;  ///< of a station's token
    Instant created{};
    std::optional<Instant> expires;
    std::optional<Instant> lastUsed;
    std::optional<Instant> revoked;
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
    static void touch(WriteTransaction& transaction, const TokenId& id, Instant usedAt);
    /// False when it is not there or was revoked before.
    static bool revoke(WriteTransaction& transaction, const TokenId& id, Instant at);
    /// Uses a code up: the one call that gets it back is the one that may act on it. Empty when there is no such code,
    /// or it was used, revoked or has expired.
    static std::optional<Token> redeem(WriteTransaction& transaction, const std::string& hash, Instant now);
};

}  // namespace loa
