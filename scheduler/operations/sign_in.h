#pragma once
#include <optional>
#include <string>

#include "scheduler/domain/error.h"
#include "scheduler/operations/people_desk.h"
#include "scheduler/people/person.h"

namespace loa {

/// However often it is confirmed, a session ends then.
constexpr Milliseconds sessionLife = std::chrono::hours{12};
/// How long it is known afterwards from where somebody signed in.
constexpr Milliseconds addressLife = std::chrono::hours{24 * 90};

/// A try that was not looked at: it was one too many (code "too-many-tries").
class TooManyTries : public Error {
public:
    enum class Way { wait, orByCode };
    TooManyTries(Milliseconds wait, Way way);
    Milliseconds wait() const noexcept { return wait_; }  ///< until the next one may go

private:
    Milliseconds wait_;
};

/// A session just begun; its secret is for the cookie, and only the hash of it is kept.
struct SignedIn {
    std::string secret;
    Session session;
    Person person;
};

/// Name and password, and a code where the person has a second factor. Throws Error: unauthenticated "wrong-sign-in",
/// the same whether there is no such name, it is disabled, or the password or the code is wrong, and after the same
/// work; "code-needed" where only the code is missing; TooManyTries.
SignedIn signIn(const PeopleDesk& desk, const std::string& name, const std::string& password,
                const std::optional<std::string>& code);

void signOut(const PeopleDesk& desk, const SessionId& session);

/// The password given again, for what is dangerous. Throws as signIn.
void confirmSession(const PeopleDesk& desk, const SessionId& session, const std::string& password,
                    const std::optional<std::string>& code);

/// Throws Error(forbidden, "confirmation-needed") where the password was last given longer ago than confirmationLife.
void requireConfirmed(const Session& session, Instant now);

/// Ends all sessions and tokens of the person, and begins a new session, which is confirmed no later than the old one
/// was: a code was not asked for. Throws as signIn, and what checkPassword refuses; invalid "same-password".
SignedIn changePassword(const PeopleDesk& desk, const SessionId& session, const std::string& old,
                        const std::string& chosen);

/// The secret of a new second factor. It counts once confirmSecondFactor has seen a code of it; until then the one
/// before does. Throws Error: conflict "has-second-factor" where there is one: only a reset takes it away; as
/// requireConfirmed.
std::string beginSecondFactor(const PeopleDesk& desk, const SessionId& session);

/// Ends all sessions and tokens of the person, none of which came in by it, and begins a new session. Throws Error:
/// conflict "no-second-factor-begun"; invalid "wrong-code"; TooManyTries.
SignedIn confirmSecondFactor(const PeopleDesk& desk, const SessionId& session, const std::string& code);

}  // namespace loa
