// Who is signed in, by the hash of the cookie's secret.
#include "scheduler/storage/session_repository.h"

#include "scheduler/storage/statement.h"

namespace loa {
namespace {

std::optional<Session> session(ReadTransaction& transaction, const std::string& where, const auto& value) {
    return first(each<Session>(
        select<SessionId, std::string, PersonId, std::string, Instant, Instant, Instant, std::optional<Instant>>(
            transaction,
            "SELECT id, hash, person, address, created, confirmed, expires, ended FROM session WHERE " + where, value),
        [](auto id, auto hash, auto person, auto address, auto created, auto confirmed, auto expires, auto ended) {
            return Session{std::move(id), std::move(hash), std::move(person), std::move(address),
                           created,       confirmed,       expires,           ended};
        }));
}

}  // namespace

std::optional<Session> SessionRepository::findByHash(ReadTransaction& transaction, const std::string& hash) {
    return session(transaction, "hash = $1", hash);
}

std::optional<Session> SessionRepository::find(ReadTransaction& transaction, const SessionId& id) {
    return session(transaction, "id = $1", id);
}

bool SessionRepository::isKnown(ReadTransaction& transaction, const PersonId& person, const std::string& address) {
    return !select<int>(transaction, "SELECT 1 FROM session WHERE person = $1 AND address = $2 LIMIT 1", person,
                        address)
                .empty();
}

void SessionRepository::add(WriteTransaction& transaction, const Session& session) {
    execute(transaction,
            "INSERT INTO session (id, hash, person, address, created, confirmed, expires, ended) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            session.id, session.hash, session.person, session.address, session.created, session.confirmed,
            session.expires, session.ended);
}

void SessionRepository::confirm(WriteTransaction& transaction, const SessionId& id, Instant at) {
    execute(transaction, "UPDATE session SET confirmed = $1 WHERE id = $2", at, id);
}

void SessionRepository::end(WriteTransaction& transaction, const SessionId& id, Instant at) {
    execute(transaction, "UPDATE session SET ended = $1 WHERE id = $2 AND ended IS NULL", at, id);
}

void SessionRepository::endAllOf(WriteTransaction& transaction, const PersonId& person, Instant at) {
    execute(transaction, "UPDATE session SET ended = $1 WHERE person = $2 AND ended IS NULL", at, person);
}

void SessionRepository::endAll(WriteTransaction& transaction, Instant at) {
    execute(transaction, "UPDATE session SET ended = $1 WHERE ended IS NULL", at);
}

void SessionRepository::forget(WriteTransaction& transaction, Instant instant) {
    execute(transaction, "DELETE FROM session WHERE expires < $1", instant);
}

}  // namespace loa
