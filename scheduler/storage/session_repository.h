#pragma once
#include <optional>
#include <string>

#include "scheduler/people/person.h"
#include "scheduler/storage/transaction.h"

namespace loa {

struct SessionRepository {
    /// Whatever its state: ask Session::usable.
    static std::optional<Session> findByHash(ReadTransaction& transaction, const std::string& hash);
    static std::optional<Session> find(ReadTransaction& transaction, const SessionId& id);
    /// Whether the person has signed in from there before, as far as that is still known.
    static bool isKnown(ReadTransaction& transaction, const PersonId& person, const std::string& address);
    static void add(WriteTransaction& transaction, const Session& session);
    static void confirm(WriteTransaction& transaction, const SessionId& id, Instant at);
    static void end(WriteTransaction& transaction, const SessionId& id, Instant at);
    static void endAllOf(WriteTransaction& transaction, const PersonId& person, Instant at);
    static void endAll(WriteTransaction& transaction, Instant at);
    /// Those that expired before `instant`.
    static void forget(WriteTransaction& transaction, Instant instant);
};

}  // namespace loa
