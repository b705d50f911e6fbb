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
/// How long a browser is known by which somebody signed in; each time anew. The longest that browsers keep a cookie.
constexpr Milliseconds browserLife = std::chrono::hours{24 * 400};
/// Of one person. With one more, the one that was used longest ago is forgotten.
constexpr int mostBrowsers = 8;

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
    std::string browser{};  ///< the secret of the browser's own cookie; empty where the browser keeps the one it has
};

/// Name and password, and a code where the person has a second factor. Throws Error: unauthenticated "wrong-sign-in",
/// the same whether there is no such name, it is disabled, or the password or the code is wrong, and after the same
/// work; "code-needed" where only the code is missing; TooManyTries. `browser` is the secret of the browser's own
/// cookie, if it has one. It signs nobody in: where the person signed in by it before, their tries there are counted by
/// themselves, until the person is reset or disabled.
SignedIn signIn(const PeopleDesk& desk, const std::string& name, const std::string& password,
                const std::optional<std::string>& code, const std::optional<std::string>& browser = std::nullopt);

/// The name by which a browser is counted, given the secret of its own cookie; empty unless somebody signed in by it.
std::optional<std::string> nameOfBrowser(const PeopleDesk& desk, const std::string& secret);

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
