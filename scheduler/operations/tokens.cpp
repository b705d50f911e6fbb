// Secrets for bearers: 256 random bits with a prefix that leak scanners can find; only SHA-256 of them is stored.
#include "scheduler/operations/tokens.h"

#include <algorithm>

#include "api/signing/signing.h"
#include "scheduler/operations/audit.h"
#include "scheduler/operations/audit_facts.h"
#include "scheduler/operations/callers.h"
#include "scheduler/operations/clean_name.h"
#include "scheduler/operations/door.h"
#include "scheduler/operations/may.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/storage/person_repository.h"

namespace loa {
namespace {

constexpr std::size_t secretBytes = 32;
constexpr std::size_t idBytes = 8;

void requireHeld(const Standing& standing, const std::set<Right>& rights) {
    if (!std::ranges::all_of(rights, [&](Right right) { return standing.holds(right); })) throw forbidden();
}

}  // namespace

NewToken newToken(Instant now, TokenKind kind, const std::string& name, std::optional<Milliseconds> life) {
    const auto secret = "loa_" + std::string{toText(kind)} + '_' + randomHex(secretBytes);
    Token token;
    token.id = TokenId{randomHex(idBytes)};
    token.kind = kind;
    token.name = name;
    token.hash = sha256Hex(secret);
    token.created = now;
    if (life) token.expires = now + *life;
    return {{secret, token.expires}, token};
}

Issued issuePersonalToken(const PeopleDesk& desk, const PersonId& person, const std::string& name,
                          const std::set<Right>& rights, std::optional<Milliseconds> life) {
    if (rights.empty() || !std::ranges::all_of(rights, isForTokens))
        throw Error{Fault::invalid,
                    "not-for-tokens",
                    {"Mã truy cập không dùng được cho việc này. Chọn việc khác.",
                     "a token is good for at least one thing, and for nothing that is dangerous"}};
    const auto clean = cleanName(name);
    return desk.database.write([&](WriteTransaction& transaction) {
        const auto holder = PersonRepository::find(transaction, person);
        if (!holder || holder->disabled) throw noSuchPerson(person);
        // By what they hold now: who was taken in anew since they were let in holds nothing.
        if (desk.isActor(person)) requireHeld(standingOf(transaction, *holder, desk.clock.now()), rights);
        auto [issued, token] = newToken(desk.clock.now(), TokenKind::person, clean, life);
        token.person = person;
        token.rights = rights;
        TokenRepository::save(transaction, token);
        audit(transaction, desk.actor, token.created, "issue-token", auditObject(token.id), {}, auditFacts(token));
        return issued;
    });
}

std::vector<Token> personalTokens(const PeopleDesk& desk, const PersonId& person) {
    auto tokens = usableTokens(desk.database, desk.clock);
    std::erase_if(tokens, [&](const Token& token) { return token.person != person; });
    for (auto& token : tokens) token.lastUsed = std::max(token.lastUsed, desk.door.tokenUses().of(token.id));
    return tokens;
}

void revokePersonalToken(const PeopleDesk& desk, const PersonId& person, const TokenId& id) {
    desk.database.write([&](WriteTransaction& transaction) {
        const auto token = TokenRepository::find(transaction, id);
        if (!token || token->person != person || !TokenRepository::revoke(transaction, id, desk.clock.now()))
            throw noSuchToken(id);
        audit(transaction, desk.actor, desk.clock.now(), "revoke-token", auditObject(id), auditFacts(*token), {});
    });
}

std::set<Right> rightsForTokens() {
    std::set<Right> rights;
    for (const auto& [right, word] : choiceWords<Right>)
        if (isForTokens(right)) rights.insert(right);
    return rights;
}

std::vector<Token> usableTokens(Database& database, const Clock& clock) {
    auto tokens = database.read([](ReadTransaction& transaction) { return TokenRepository::all(transaction); });
    std::erase_if(tokens, [now = clock.now()](const Token& token) { return !token.usable(now); });
    return tokens;
}

void revokeToken(Database& database, const Clock& clock, const TokenId& id) {
    database.write([&](WriteTransaction& transaction) {
        const auto now = clock.now();
        const auto before = TokenRepository::find(transaction, id);
        if (!TokenRepository::revoke(transaction, id, now)) throw noSuchToken(id);
        audit(transaction, Actor{}, now, "revoke-token", auditObject(id), auditFacts(before), {});
    });
}

}  // namespace loa
