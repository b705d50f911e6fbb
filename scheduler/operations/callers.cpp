#include "scheduler/operations/callers.h"

#include "api/signing/signing.h"
#include "scheduler/operations/door.h"
#include "scheduler/operations/may.h"
#include "scheduler/storage/person_repository.h"
#include "scheduler/storage/session_repository.h"

namespace loa {
namespace {

std::set<Right> allRights() {
    std::set<Right> rights;
    for (const auto& [right, word] : choiceWords<Right>) rights.insert(right);
    return rights;
}

/// Whatever was written into it: a token is never good for what is dangerous.
std::set<Right> rightsOf(const Token& token) {
    auto rights = token.rights;
    std::erase_if(rights, [](Right right) { return !isForTokens(right); });
    return rights;
}

std::optional<Caller> sessionCaller(ReadTransaction& transaction, const std::string& hash, Instant now) {
    auto session = SessionRepository::findByHash(transaction, hash);
    auto person = session ? PersonRepository::find(transaction, session->person) : std::nullopt;
    if (!person) return std::nullopt;
    auto standing = standingOf(transaction, *person, now);
    return Caller{std::move(person), std::move(session), std::nullopt, std::move(standing)};
}

std::optional<Caller> tokenCaller(ReadTransaction& transaction, const std::string& hash, Instant) {
    auto token = TokenRepository::findByHash(transaction, hash);
    if (!token) return std::nullopt;
    Caller caller;
    if (token->person) caller.person = PersonRepository::find(transaction, *token->person);
    if (caller.person) caller.standing = standingOf(transaction, *caller.person, *token);
    caller.token = std::move(token);
    return caller;
}

}  // namespace

Standing standingOf(ReadTransaction& transaction, const Person& person, Instant now) {
    if (person.disabled) return {};
    const bool isSettled = !person.hasInitialPassword && (person.secondFactor || !needsSecondFactor(person.grants));
    auto rights = isSettled ? allRights() : std::set{Right::ownAccount};
    if (person.isHeldBack(now)) std::erase_if(rights, [](Right right) { return isDangerous(right); });
    return {person.grants, std::move(rights), areaParents(transaction)};
}

Standing standingOf(ReadTransaction& transaction, const Person& person, const Token& token) {
    if (person.disabled) return {};
    return {person.grants, rightsOf(token), areaParents(transaction)};
}

std::optional<Caller> Callers::find(const std::string& secret, Read read) {
    const auto changes = database_.changes();
    const auto hash = sha256Hex(secret);
    auto caller = known_.find(changes, hash);
    if (caller) return caller;
    caller = database_.read([&](ReadTransaction& transaction) { return read(transaction, hash, clock_.now()); });
    // Who is held back may be so until a time: that comes without a change in the store.
    if (caller && !(caller->person && caller->person->unvouched)) known_.keep(changes, hash, *caller);
    return caller;
}

std::optional<Caller> Callers::ofSession(const std::string& secret) {
    auto caller = find(secret, sessionCaller);
    if (!caller || !caller->session->usable(clock_.now()) || caller->person->disabled) return std::nullopt;
    return caller;
}

std::optional<Caller> Callers::ofToken(const std::string& secret) {
    const auto now = clock_.now();
    auto caller = find(secret, tokenCaller);
    if (!caller || !caller->token->usable(now) || (caller->person && caller->person->disabled)) return std::nullopt;
    door_.tokenUses().note(caller->token->id, now);
    return caller;
}

}  // namespace loa
