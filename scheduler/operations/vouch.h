#pragma once
#include <vector>

#include "scheduler/operations/people_desk.h"
#include "scheduler/people/person.h"

namespace loa {

/// How long what one admin gave is held back where there is no second one.
constexpr Milliseconds aloneFor = std::chrono::hours{24};
/// How long it is shown after that.
constexpr Milliseconds noticeLife = std::chrono::hours{24 * 30};

/// What the actor gives the person alone, with roles that hold a dangerous right or with a new way in to such; empty
/// for other roles, and for the command line: who keeps the machine could do anything. Nobody can be asked who is not
/// an admin of all the places, or is held back themselves.
std::optional<Unvouched> givenAlone(ReadTransaction& transaction, const PeopleDesk& desk, const Person& person);

/// The actor stands for what another admin gave. Throws Error: notFound where they do not manage the person; forbidden
/// "own-account", or "own-giving" where it was they who gave it; conflict "nothing-to-vouch".
Person vouchFor(const PeopleDesk& desk, const PersonId& id);

/// Whom admins and auditors are told of: not vouched for, with all places in the actor's sight; by id. Nobody for who
/// does not see the audit trail.
std::vector<Person> unvouchedInSight(const PeopleDesk& desk);

}  // namespace loa
