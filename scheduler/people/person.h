#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scheduler/domain/id.h"
#include "scheduler/domain/time.h"
#include "scheduler/people/role.h"

namespace loa {

using PersonId = Id<struct PersonTag>;  ///< the name to sign in with; given once, for ever
using SessionId = Id<struct SessionTag>;

/// What one admin gave alone: roles that hold a dangerous right, or a new way in to them. Nothing dangerous is done
/// with it until a second admin vouches for it or, where there was none, until a time has passed.
struct Unvouched {
    PersonId by;
    Instant since{};
    std::optional<Instant> until;  ///< empty: until somebody vouches
    bool operator==(const Unvouched&) const = default;
};

/// Somebody of the office.
struct Person {
    PersonId id;
    std::string name;  ///< as people call them: "Nguyễn Thị Lan"
    std::vector<Grant> grants;
    std::string password;                     ///< as Passwords::hash made it
    bool hasInitialPassword = false;          ///< set by somebody else, so that a new one is the first thing to do
    std::optional<std::string> secondFactor;  ///< its secret
    std::optional<std::string> pendingSecondFactor;  ///< likewise, until a code of it was shown
    std::int64_t lastCodeStep = 0;                   ///< of the codes that were accepted, see stepOfCode
    Instant created{};
    std::optional<Instant> disabled;
    std::optional<Unvouched> unvouched;
    /// From all that is dangerous.
    bool isHeldBack(Instant now) const { return unvouched && (!unvouched->until || now < *unvouched->until); }
    bool operator==(const Person&) const = default;
};

/// One signed-in browser. Its secret is in a cookie; Loa keeps only the hash.
struct Session {
    SessionId id;
    std::string hash;
    PersonId person;
    std::string address;  ///< where it was begun from
    Instant created{};
    Instant confirmed{};  ///< when the password was last given
    Instant expires{};
    std::optional<Instant> ended;
    bool usable(Instant now) const { return !ended && now < expires; }
    bool operator==(const Session&) const = default;
};

}  // namespace loa
