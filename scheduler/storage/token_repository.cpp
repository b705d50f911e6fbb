// Hashes of secrets, what they open and until when.
#include "scheduler/storage/token_repository.h"

#include "scheduler/domain/error.h"
#include "scheduler/storage/enum_columns.h"
#include "scheduler/storage/statement.h"

namespace loa {
namespace {

template <class... Values>
std::vector<Token> tokens(ReadTransaction& transaction, const std::string& rest, const Values&... values) {
    return each<Token>(
        select<TokenId, TokenKind, std::string, std::string, std::optional<StationId>, Instant, std::optional<Instant>,
               std::optional<Instant>, std::optional<Instant>>(
            transaction,
            "SELECT id, kind, name, hash, station, created, expires, last_used, revoked FROM token " + rest, values...),
        [](auto id, auto kind, auto name, auto hash, auto station, auto created, auto expires, auto used,
           auto revoked) {
            return Token{std::move(id), kind, std::move(name), std::move(hash), std::move(station), created,
                         expires,       used, revoked};
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
            "INSERT INTO token (id, kind, name, hash, station, created, expires, last_used, revoked) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) "
            "ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name = excluded.name, hash = excluded.hash, "
            "station = excluded.station, created = excluded.created, expires = excluded.expires, "
            "last_used = excluded.last_used, revoked = excluded.revoked",
            token.id, token.kind, token.name, token.hash, token.station, token.created, token.expires, token.lastUsed,
            token.revoked);
}

void TokenRepository::touch(WriteTransaction& transaction, const TokenId& id, Instant usedAt) {
    execute(transaction, "UPDATE token SET last_used = $1 WHERE id = $2", usedAt, id);
}

bool TokenRepository::revoke(WriteTransaction& transaction, const TokenId& id, Instant at) {
    return execute(transaction, "UPDATE token SET revoked = $1 WHERE id = $2 AND revoked IS NULL", at, id) > 0;
}

std::optional<Token> TokenRepository::redeem(WriteTransaction& transaction, const std::string& hash, Instant now) {
    const auto redeemed = execute(transaction,
                                  "UPDATE token SET last_used = $1, revoked = $2 WHERE hash = $3 AND kind = $4 "
                                  "AND revoked IS NULL AND (expires IS NULL OR expires > $5)",
                                  now, now, hash, TokenKind::code, now);
    if (redeemed == 0) return std::nullopt;
    return findByHash(transaction, hash);
}

}  // namespace loa
