#pragma once
#include <optional>
#include <string>

#include "scheduler/domain/clock.h"
#include "scheduler/operations/kept.h"
#include "scheduler/operations/people_desk.h"
#include "scheduler/people/person.h"
#include "scheduler/people/standing.h"
#include "scheduler/storage/database.h"
#include "scheduler/storage/token_repository.h"

namespace loa {

/// Who asks: a person, by session or personal token, or a station.
struct Caller {
    std::optional<Person> person;
    std::optional<Session> session;
    std::optional<Token> token;
    Standing standing;  ///< nothing for a station
};

/// What the person may do: all that their roles give; nothing but their own account while the password is one that
/// somebody else set, or a second factor is needed and missing; nothing dangerous while they are held back; nothing
/// once disabled.
Standing standingOf(ReadTransaction& transaction, const Person& person, Instant now);
/// The same by a token of theirs, with which only what it names is left.
Standing standingOf(ReadTransaction& transaction, const Person& person, const Token& token);

/// Finds callers by the secret they send, and keeps what was found as long as nothing in the store changes. From any
/// thread.
class Callers {
public:
    /// What the desk refers to must outlive it.
    explicit Callers(const PeopleDesk& desk) : database_{desk.database}, clock_{desk.clock}, door_{desk.door} {}

    /// Empty unless the session or token holds now. That a token was used is noted at the door, and written later: a
    /// full disk locks nobody out.
    std::optional<Caller> ofSession(const std::string& secret);
    std::optional<Caller> ofToken(const std::string& secret);

private:
    using Read = std::optional<Caller> (*)(ReadTransaction&, const std::string& hash, Instant now);
    std::optional<Caller> find(const std::string& secret, Read read);

    static constexpr std::size_t limit = 10'000;
    Database& database_;
    const Clock& clock_;
    Door& door_;
    Kept<std::int64_t, Caller> known_{limit};
};

}  // namespace loa
