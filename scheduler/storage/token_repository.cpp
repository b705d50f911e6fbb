// Hashes of secrets, what they open and until when.
#include "scheduler/storage/token_repository.h"

#include <sstream>

#include "scheduler/domain/error.h"
#include "scheduler/storage/enum_columns.h"
#include "scheduler/storage/statement.h"

namespace loa {
namespace {

std::string textOf(const std::set<Right>& rights) {
    std::string text;
    for (const auto right : rights) text += (text.empty() ? "" : " ") + std::string{toText(right)};
    return text;
}

/// A right that there is no more is none.
std::set<Right> rightsIn(const std::optional<std::string>& text) {
    std::set<Right> rights;
    std::istringstream words{text.value_or("")};
    for (std::string word; words >> word;)
        if (const auto right = choiceFromText<Right>(word)) rights.insert(*right);
    return rights;
}

template <class... Values>
std::vector<Token> tokens(ReadTransaction& transaction, const std::string& rest, const Values&... values) {
    return each<Token>(
        select<TokenId, TokenKind, std::string, std::string, std::optional<StationId>, Instant, std::optional<Instant>,
               std::optional<Instant>, std::optional<Instant>, std::optional<PersonId>, std::optional<std::string>>(
            transaction,
            "SELECT id, kind, name, hash, station, created, expires, last_used, revoked, person, rights FROM token " +
                rest,
            values...),
        [](auto id, auto kind, auto name, auto hash, auto station, auto created, auto expires, auto used, auto revoked,
           auto person, auto rights) {
            return Token{std::move(id), kind, std::move(name), std::move(hash),   std::move(station), created,
                         expires,       used, revoked,         std::move(person), rightsIn(rights)};
        });
}

}  // namespace

std::optional<Token> TokenRepository::find(ReadTransaction& transaction, const TokenId& id) {
    return first(tokens(transaction, "WHERE id = $1", id));
}

std::optional<Token> TokenRepository::findByHash(ReadTransaction& transaction, const std::string& hash) {
    return first(tokens(transaction, "WHERE hash = $1", hash));
}

std::vector<Token> TokenRepository::all(ReadTransaction& transaction) {
    return tokens(transaction, "ORDER BY created, id");
}

void TokenRepository::save(WriteTransaction& transaction, const Token& token) {
    const auto other = findByHash(transaction, token.hash);
    if (other && other->id != token.id)
        throw Error(Fault::conflict, "token-exists",
                    {"Mã truy cập này đã có. Tạo mã khác.", "This token is there already. Make another one."});
    execute(transaction,
            "INSERT INTO token (id, kind, name, hash, station, created, expires, last_used, revoked, person, rights) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) "
            "ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name = excluded.name, hash = excluded.hash, "
            "station = excluded.station, created = excluded.created, expires = excluded.expires, "
            "last_used = excluded.last_used, revoked = excluded.revoked, person = excluded.person, rights = "
            "excluded.rights",
            token.id, token.kind, token.name, token.hash, token.station, token.created, token.expires, token.lastUsed,
            token.revoked, token.person, token.person ? std::optional{textOf(token.rights)} : std::nullopt);
}

void TokenRepository::touch(WriteTransaction& transaction, const TokenId& id, Instant usedAt) {
    execute(transaction, "UPDATE token SET last_used = $1 WHERE id = $2 AND (last_used IS NULL OR last_used < $3)",
            usedAt, id, usedAt);
}

bool TokenRepository::revoke(WriteTransaction& transaction, const TokenId& id, Instant at) {
    return execute(transaction, "UPDATE token SET revoked = $1 WHERE id = $2 AND revoked IS NULL", at, id) > 0;
}

void TokenRepository::revokeAllOf(WriteTransaction& transaction, const PersonId& person, Instant at) {
    execute(transaction, "UPDATE token SET revoked = $1 WHERE person = $2 AND revoked IS NULL", at, person);
}

}  // namespace loa
