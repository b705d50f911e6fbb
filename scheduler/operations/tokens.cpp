// Secrets for bearers: 256 random bits with a prefix that leak scanners can find; only SHA-256 of them is stored.
#include "scheduler/operations/tokens.h"

#include "api/signing/signing.h"
#include "scheduler/operations/audit.h"
#include "scheduler/operations/audit_facts.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/storage/station_repository.h"

namespace loa {
namespace {

constexpr std::size_t secretBytes = 32;
constexpr std::size_t idBytes = 8;
constexpr Milliseconds touchEvery = std::chrono::minutes{1};

/// A secret just made, and the token that is kept of it.
struct Made {
    std::string secret;
    Token token;
    Issued issued() const { return {secret, token.expires}; }
};

Made make(WriteTransaction& transaction, Instant now, TokenKind kind, const std::string& name,
          const std::optional<StationId>& station, std::optional<Milliseconds> life) {
    const auto secret = "loa_" + std::string{toText(kind)} + '_' + randomHex(secretBytes);
    Token token;
    token.id = TokenId{randomHex(idBytes)};
    token.kind = kind;
    token.name = name;
    token.hash = sha256Hex(secret);
    token.station = station;
    token.created = now;
    if (life) token.expires = now + *life;
    TokenRepository::save(transaction, token);
    return {secret, std::move(token)};
}

void requireLasting(ReadTransaction& transaction, const TokenId& id) {
    const auto token = TokenRepository::find(transaction, id);
    if (token && !token->expires) return;
    throw Error{Fault::forbidden,
                "lasting-token-needed",
                {"Phiên đăng nhập này tự hết hạn nên không tạo được mã. Tạo mã bằng lệnh loa-scheduler code.",
                 "a token that ends by itself makes no code; make one with 'loa-scheduler code'"}};
}

/// When a token was last used helps people; nothing depends on it.
void noteUse(Database& database, const TokenId& token, Instant now) {
    try {
        database.write([&](WriteTransaction& transaction) { TokenRepository::touch(transaction, token, now); });
    } catch (const std::exception&) {
        // Full or busy: the caller only wants to get in.
    }
}

}  // namespace

Issued issueOfficeToken(Database& database, const Clock& clock, const std::string& name,
                        std::optional<Milliseconds> life, const Actor& by) {
    return database.write([&](WriteTransaction& transaction) {
        const auto now = clock.now();
        const auto made = make(transaction, now, TokenKind::office, name, std::nullopt, life);
        audit(transaction, by, now, "issue-token", auditObject(made.token.id), {}, auditFacts(made.token));
        return made.issued();
    });
}

Issued issueCode(Database& database, const Clock& clock, const std::string& name, const std::optional<TokenId>& holder,
                 const Actor& by) {
    return database.write([&](WriteTransaction& transaction) {
        if (holder) requireLasting(transaction, *holder);
        const auto now = clock.now();
        const auto made = make(transaction, now, TokenKind::code, name, std::nullopt, codeLife);
        audit(transaction, by, now, "issue-code", auditObject(made.token.id), {}, auditFacts(made.token));
        return made.issued();
    });
}

Issued issueStationToken(Database& database, const Clock& clock, const StationId& station, const Actor& by) {
    return database.write([&](WriteTransaction& transaction) {
        if (!StationRepository::find(transaction, station)) throw noSuchStation(station);
        const auto now = clock.now();
        Json before;
        for (const auto& token : TokenRepository::all(transaction)) {
            if (token.station != station || token.revoked) continue;
            TokenRepository::revoke(transaction, token.id, now);
            before["token"] = token.id.text();
        }
        const auto made = make(transaction, now, TokenKind::station, station.text(), station, std::nullopt);
        audit(transaction, by, now, "issue-station-token", auditObject(station), before,
              {{"token", made.token.id.text()}});
        return made.issued();
    });
}

Issued redeemCode(Database& database, const Clock& clock, const TokenId& code, const Actor& by) {
    return database.write([&](WriteTransaction& transaction) {
        const auto held = TokenRepository::find(transaction, code);
        const auto now = clock.now();
        const auto redeemed = held ? TokenRepository::redeem(transaction, held->hash, now) : std::optional<Token>{};
        if (!redeemed)
            throw Error{Fault::unauthenticated,
                        "code-used",
                        {"Mã này đã dùng hoặc hết hạn. Tạo mã mới bằng lệnh loa-scheduler code.",
                         "this code was used or has expired; make a new one with 'loa-scheduler code'"}};
        const auto made = make(transaction, now, TokenKind::office, redeemed->name, std::nullopt, signedInLife);
        audit(transaction, by, now, "redeem-code", auditObject(made.token.id), {{"code", code.text()}},
              auditFacts(made.token));
        return made.issued();
    });
}

std::optional<Token> authenticate(Database& database, const Clock& clock, KnownTokens& known,
                                  const std::string& secret) {
    const auto now = clock.now();
    const auto changes = database.changes();
    const auto hash = sha256Hex(secret);
    auto token = known.find(changes, hash);
    if (!token) {
        token =
            database.read([&](ReadTransaction& transaction) { return TokenRepository::findByHash(transaction, hash); });
        if (token) known.keep(changes, hash, *token);
    }
    if (!token || !token->usable(now)) return std::nullopt;
    if (token->kind != TokenKind::code && (!token->lastUsed || now - *token->lastUsed >= touchEvery))
        noteUse(database, token->id, now);
    return token;
}

std::vector<Token> usableTokens(Database& database, const Clock& clock) {
    auto tokens = database.read([](ReadTransaction& transaction) { return TokenRepository::all(transaction); });
    std::erase_if(tokens, [now = clock.now()](const Token& token) { return !token.usable(now); });
    return tokens;
}

void revokeToken(Database& database, const Clock& clock, const TokenId& token, const Actor& by) {
    database.write([&](WriteTransaction& transaction) {
        const auto now = clock.now();
        const auto before = TokenRepository::find(transaction, token);
        if (!TokenRepository::revoke(transaction, token, now)) throw noSuchToken(token);
        audit(transaction, by, now, "revoke-token", auditObject(token), auditFacts(before), {});
    });
}

}  // namespace loa
