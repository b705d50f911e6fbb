#pragma once
#include <string>
#include <vector>

#include "scheduler/operations/people_desk.h"
#include "scheduler/people/person.h"

namespace loa {

/// Somebody with a password made for them, shown this once: the first thing they do with it is to choose another.
struct WithPassword {
    Person person;
    std::string password;
};

// What an admin gives alone is held back from what is dangerous until a second one vouches for it: vouch.h.
//
// The actor must hold managePeople at every place of the person's roles, before and after; else the person is not there
// (notFound), or what is asked for is forbidden. Nobody changes, resets or disables themselves.

/// Throws Error: invalid "bad-id", "no-name", "unknown-area", what checkGrants refuses; conflict "person-exists".
WithPassword addPerson(const PeopleDesk& desk, const PersonId& id, const std::string& name, std::vector<Grant> grants);

/// New name and roles. Where the roles change, all sessions and tokens of the person end. Throws as addPerson.
Person changePerson(const PeopleDesk& desk, const PersonId& id, const std::string& name, std::vector<Grant> grants);

/// As on the first day: a new initial password, no second factor, no sessions, no tokens; not disabled any more.
WithPassword resetPerson(const PeopleDesk& desk, const PersonId& id);

/// Nothing of theirs opens anything from now on; what they did stays theirs, and so does the name.
void disablePerson(const PeopleDesk& desk, const PersonId& id);

/// Those the actor manages, by id; disabled ones too.
std::vector<Person> peopleInSight(const PeopleDesk& desk);
/// Throws Error(notFound).
Person personInSight(const PeopleDesk& desk, const PersonId& id);

/// As stored; throws Error(notFound) where the actor does not manage all places of their roles.
Person managed(ReadTransaction& transaction, const PeopleDesk& desk, const PersonId& id);
/// Throws Error(forbidden, "own-account") where it is the actor.
void requireSomebodyElse(const PeopleDesk& desk, const PersonId& id);

/// Ends all that the person is signed in with.
void endAccess(WriteTransaction& transaction, const PersonId& person, Instant now);

}  // namespace loa
