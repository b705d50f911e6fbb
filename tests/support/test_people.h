#pragma once
#include "scheduler/operations/callers.h"
#include "scheduler/operations/people.h"
#include "scheduler/operations/sign_in.h"
#include "scheduler/operations/tokens.h"
#include "scheduler/people/second_factor.h"
#include "scheduler/storage/person_repository.h"
#include "scheduler/storage/session_repository.h"
#include "tests/support/test_office.h"

namespace loa::test {

/// Whose codes the people of tests show.
const std::string commonFactor = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const std::string commonPassword = "bốn từ bất kỳ";

/// Somebody who has settled in: a password of their own and, where it is needed, a second factor.
inline Person personOf(TestOffice& office, const std::string& id, std::vector<Grant> grants) {
    static Passwords passwords;
    static const std::string hash = passwords.hash(commonPassword);  // takes its time: once for all
    Person person;
    person.id = PersonId{id};
    person.name = id;
    person.grants = std::move(grants);
    person.password = hash;
    if (needsSecondFactor(person.grants)) person.secondFactor = commonFactor;
    person.created = office.clock.now();
    office.database.write([&](WriteTransaction& transaction) { PersonRepository::save(transaction, person); });
    return person;
}

/// What they have was given them by that admin alone.
inline void giveAlone(TestOffice& office, const PersonId& id, const char* by, std::optional<Instant> until = {}) {
    office.database.write([&](WriteTransaction& transaction) {
        auto person = PersonRepository::find(transaction, id).value();
        person.unvouched = Unvouched{PersonId{by}, office.clock.now(), until};
        PersonRepository::save(transaction, person);
    });
}

/// The secret of a session of theirs, begun without the door; it outlasts any test.
inline std::string sessionOf(TestOffice& office, const PersonId& person) {
    const auto secret = "loa_session_" + randomHex(32);
    const auto now = office.clock.now();
    office.database.write([&](WriteTransaction& transaction) {
        SessionRepository::add(transaction, {SessionId{randomHex(8)}, sha256Hex(secret), person, "10.0.0.1", now, now,
                                             now + std::chrono::days{4000}, std::nullopt});
    });
    return secret;
}

/// The office as that person works on it.
inline Scheduler asPerson(TestOffice& office, const Person& person) {
    Scheduler own = office.scheduler;
    own.actor = {Actor::Kind::person, person.id.text(), "10.0.0.1"};
    own.standing = office.database.read(
        [&](ReadTransaction& transaction) { return standingOf(transaction, person, office.clock.now()); });
    return own;
}

}  // namespace loa::test
