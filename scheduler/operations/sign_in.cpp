// How people get in. A try is let through by the door's throttle before its password is looked at; then Argon2id is run
// for everybody, known or not. A right code is used up whatever becomes of the try.
#include "scheduler/operations/sign_in.h"

#include "api/signing/signing.h"
#include "scheduler/operations/audit.h"
#include "scheduler/operations/audit_facts.h"
#include "scheduler/operations/door.h"
#include "scheduler/operations/people.h"
#include "scheduler/people/second_factor.h"
#include "scheduler/storage/browser_repository.h"
#include "scheduler/storage/person_repository.h"
#include "scheduler/storage/session_repository.h"

namespace loa {
namespace {

constexpr std::size_t secretBytes = 32;
constexpr std::size_t idBytes = 8;
constexpr std::size_t browserNameLength = 16;  // enough to tell them apart

Error wrongSignIn() {
    return {Fault::unauthenticated,
            "wrong-sign-in",
            {"Tên, mật khẩu hoặc mã xác thực không đúng. Kiểm tra rồi đăng nhập lại.",
             "The name, the password or the code is wrong. Check them and sign in again."}};
}

Error codeNeeded() {
    return {Fault::unauthenticated,
            "code-needed",
            {"Nhập mã 6 số trên điện thoại của anh/chị.", "Enter the six digits your device shows."}};
}

/// Who tries, as far as that can be known before the password.
struct Trying {
    SignInTry attempt;
    std::optional<Person> person;  ///< empty too where disabled
};

SignInTry atTheDoor(const PeopleDesk& desk, const std::string& name, const std::optional<std::string>& browser) {
    const PersonId id{name};
    SignInTry attempt{name, countedAddress(desk.actor.address)};
    const auto hash = sha256Hex(browser.value_or(""));
    desk.database.read([&](ReadTransaction& transaction) {
        attempt.isKnown = SessionRepository::isKnown(transaction, id, attempt.address);
        if (BrowserRepository::isOf(transaction, id, hash)) attempt.own = "browser " + hash;
    });
    return attempt;
}

SignInTry signedInAlready(const PeopleDesk& desk, const Person& person, const SessionId& session) {
    SignInTry attempt{person.id.text(), countedAddress(desk.actor.address)};
    attempt.own = "session " + session.text();
    return attempt;
}

void take(const PeopleDesk& desk, const SignInTry& attempt) {
    const auto wait = desk.door.take(attempt, desk.clock.sinceBoot());
    if (wait > Milliseconds{0}) throw TooManyTries{wait, TooManyTries::Way::orByCode};
}

/// A right code is used up in the same transaction: of two tries with it one has it.
Trying trying(const PeopleDesk& desk, SignInTry attempt, const std::optional<std::string>& code) {
    const auto now = desk.clock.now();
    const PersonId id{attempt.name};
    Trying who{std::move(attempt), desk.database.read([&](ReadTransaction& transaction) {
                   return PersonRepository::find(transaction, id);
               })};
    if (who.person && who.person->disabled) who.person.reset();
    if (!code) return who;
    const auto wait = desk.door.takeCode(who.attempt, desk.clock.sinceBoot());
    if (wait > Milliseconds{0}) throw TooManyTries{wait, TooManyTries::Way::wait};
    if (!who.person || !who.person->secondFactor) return who;
    if (!stepOfCode(*who.person->secondFactor, *code, now, who.person->lastCodeStep)) return who;
    desk.database.write([&](WriteTransaction& transaction) {
        auto person = PersonRepository::find(transaction, id).value();
        const auto step =
            person.secondFactor ? stepOfCode(*person.secondFactor, *code, now, person.lastCodeStep) : std::nullopt;
        if (!step) return;
        person.lastCodeStep = *step;
        PersonRepository::save(transaction, person);
        who.attempt.hasCode = true;
    });
    return who;
}

/// The person, whose password and code these are.
Person proven(const PeopleDesk& desk, SignInTry from, const std::string& password,
              const std::optional<std::string>& code) {
    auto [attempt, person] = trying(desk, std::move(from), code);
    take(desk, attempt);
    const bool isRight = desk.door.passwords().matches(password, person ? person->password : "");
    if (!isRight || !person) throw wrongSignIn();
    if (person->secondFactor && code && !attempt.hasCode) throw wrongSignIn();
    desk.door.succeeded(attempt, desk.clock.sinceBoot());
    if (person->secondFactor && !code) throw codeNeeded();
    return *std::move(person);
}

/// `confirmed` is when all that the person has was last asked for.
SignedIn begin(WriteTransaction& transaction, const PeopleDesk& desk, const Person& person, Instant confirmed) {
    const auto now = desk.clock.now();
    SignedIn signedIn{"loa_session_" + randomHex(secretBytes), {}, person};
    auto& session = signedIn.session;
    session.id = SessionId{randomHex(idBytes)};
    session.hash = sha256Hex(signedIn.secret);
    session.person = person.id;
    session.address = countedAddress(desk.actor.address);
    session.created = now;
    session.confirmed = confirmed;
    session.expires = now + sessionLife;
    SessionRepository::forget(transaction, now - addressLife);
    SessionRepository::add(transaction, session);
    return signedIn;
}

/// The secret by which the browser is known from now on: the one it came with, if that was given out here.
std::string remember(WriteTransaction& transaction, const PeopleDesk& desk, const PersonId& person,
                     const std::optional<std::string>& browser) {
    const auto now = desk.clock.now();
    const bool isOurs = browser && BrowserRepository::isAnybodys(transaction, sha256Hex(*browser));
    auto secret = isOurs ? *browser : "loa_browser_" + randomHex(secretBytes);
    BrowserRepository::save(transaction, person, sha256Hex(secret), now);
    BrowserRepository::keepLatestOf(transaction, person, mostBrowsers);
    BrowserRepository::forget(transaction, now - browserLife);
    return secret;
}

/// Throws Error(unauthenticated) once it does not hold.
Session holding(ReadTransaction& transaction, const PeopleDesk& desk, const SessionId& id) {
    auto session = SessionRepository::find(transaction, id);
    if (session && session->usable(desk.clock.now())) return *std::move(session);
    throw Error{Fault::unauthenticated,
                "session-ended",
                {"Phiên đăng nhập đã kết thúc. Đăng nhập lại.", "the session has ended; sign in again"}};
}

/// The person of a session that holds.
Person personOf(ReadTransaction& transaction, const PeopleDesk& desk, const SessionId& id) {
    return PersonRepository::find(transaction, holding(transaction, desk, id).person).value();
}

Person personOf(const PeopleDesk& desk, const SessionId& id) {
    return desk.database.read([&](ReadTransaction& transaction) { return personOf(transaction, desk, id); });
}

/// As it is still the one whose password was looked at.
void requireSamePassword(ReadTransaction& transaction, const Person& person) {
    const auto stored = PersonRepository::find(transaction, person.id);
    if (!stored || stored->disabled || stored->password != person.password) throw wrongSignIn();
}

/// What they did about their own account. At the door the desk's actor has no name yet.
void note(WriteTransaction& transaction, const PeopleDesk& desk, const char* verb, const Person& person) {
    audit(transaction, {Actor::Kind::person, person.id.text(), desk.actor.address}, desk.clock.now(), verb,
          auditObject(person.id), {}, {});
}

std::string inSeconds(Milliseconds wait) {
    return std::to_string(std::chrono::ceil<std::chrono::seconds>(wait).count());
}

}  // namespace

TooManyTries::TooManyTries(Milliseconds wait, Way way)
    : Error{Fault::unavailable,
            "too-many-tries",
            {"Sai quá nhiều lần. Đợi " + inSeconds(wait) + " giây rồi thử lại" +
                 (way == Way::orByCode ? ", hoặc nhập thêm mã 6 số nếu có mã xác thực." : "."),
             "There were too many wrong tries. Wait " + inSeconds(wait) + " seconds" +
                 (way == Way::orByCode ? ", or add your device's code if you have one." : ".")}},
      wait_{wait} {}

void requireConfirmed(const Session& session, Instant now) {
    if (now <= session.confirmed + confirmationLife) return;
    throw Error{Fault::forbidden,
                "confirmation-needed",
                {"Việc này cần nhập lại mật khẩu. Nhập mật khẩu rồi làm tiếp.",
                 "this needs the password once more; confirm the session, then go on"}};
}

SignedIn signIn(const PeopleDesk& desk, const std::string& name, const std::string& password,
                const std::optional<std::string>& code, const std::optional<std::string>& browser) {
    const auto person = proven(desk, atTheDoor(desk, name, browser), password, code);
    return desk.database.write([&](WriteTransaction& transaction) {
        requireSamePassword(transaction, person);
        note(transaction, desk, "sign-in", person);
        auto signedIn = begin(transaction, desk, person, desk.clock.now());
        signedIn.browser = remember(transaction, desk, person.id, browser);
        return signedIn;
    });
}

std::optional<std::string> nameOfBrowser(const PeopleDesk& desk, const std::string& secret) {
    const auto hash = sha256Hex(secret);
    const bool isKnown = desk.database.read(
        [&](ReadTransaction& transaction) { return BrowserRepository::isAnybodys(transaction, hash); });
    return isKnown ? std::optional{hash.substr(0, browserNameLength)} : std::nullopt;
}

void signOut(const PeopleDesk& desk, const SessionId& session) {
    desk.database.write([&](WriteTransaction& transaction) {
        note(transaction, desk, "sign-out", personOf(transaction, desk, session));
        SessionRepository::end(transaction, session, desk.clock.now());
    });
}

void confirmSession(const PeopleDesk& desk, const SessionId& session, const std::string& password,
                    const std::optional<std::string>& code) {
    const auto person = proven(desk, signedInAlready(desk, personOf(desk, session), session), password, code);
    desk.database.write([&](WriteTransaction& transaction) {
        requireSamePassword(transaction, person);
        SessionRepository::confirm(transaction, session, desk.clock.now());
        note(transaction, desk, "confirm-session", person);
    });
}

SignedIn changePassword(const PeopleDesk& desk, const SessionId& session, const std::string& old,
                        const std::string& chosen) {
    const auto holder = personOf(desk, session);
    checkPassword(chosen, holder.id.text());
    if (chosen == old)
        throw Error{Fault::invalid,
                    "same-password",
                    {"Mật khẩu mới giống mật khẩu cũ. Đặt mật khẩu khác.", "the new password is the old one"}};
    const auto attempt = signedInAlready(desk, holder, session);
    take(desk, attempt);
    if (!desk.door.passwords().matches(old, holder.password)) throw wrongSignIn();
    desk.door.succeeded(attempt, desk.clock.sinceBoot());
    const auto hash = desk.door.passwords().hash(chosen);
    return desk.database.write([&](WriteTransaction& transaction) {
        const auto confirmed = holding(transaction, desk, session).confirmed;
        auto person = personOf(transaction, desk, session);
        requireSamePassword(transaction, holder);
        person.password = hash;
        person.hasInitialPassword = false;
        endAccess(transaction, person.id, desk.clock.now());
        PersonRepository::save(transaction, person);
        note(transaction, desk, "change-password", person);
        return begin(transaction, desk, person, confirmed);
    });
}

std::string beginSecondFactor(const PeopleDesk& desk, const SessionId& session) {
    const auto secret = newSecondFactor();
    desk.database.write([&](WriteTransaction& transaction) {
        requireConfirmed(holding(transaction, desk, session), desk.clock.now());
        auto person = personOf(transaction, desk, session);
        if (person.secondFactor)
            throw Error{Fault::conflict,
                        "has-second-factor",
                        {"Tài khoản đã có mã xác thực. Mất điện thoại thì nhờ quản trị đặt lại.",
                         "there is a second factor already; an admin resets it when the device is lost"}};
        person.pendingSecondFactor = secret;
        PersonRepository::save(transaction, person);
        note(transaction, desk, "begin-second-factor", person);
    });
    return secret;
}

SignedIn confirmSecondFactor(const PeopleDesk& desk, const SessionId& session, const std::string& code) {
    const auto attempt = signedInAlready(desk, personOf(desk, session), session);
    take(desk, attempt);
    auto signedIn = desk.database.write([&](WriteTransaction& transaction) {
        const auto now = desk.clock.now();
        const auto confirmed = holding(transaction, desk, session).confirmed;
        auto person = personOf(transaction, desk, session);
        if (!person.pendingSecondFactor)
            throw Error{Fault::conflict,
                        "no-second-factor-begun",
                        {"Chưa có mã nào chờ xác nhận. Bấm tạo mã xác thực trước.", "no second factor was begun"}};
        const auto step = stepOfCode(*person.pendingSecondFactor, code, now, 0);
        if (!step)
            throw Error{Fault::invalid,
                        "wrong-code",
                        {"Mã 6 số không đúng. Xem giờ trên điện thoại rồi nhập mã đang hiện.",
                         "the code is wrong; see whether the device's clock is right, and enter what it shows now"}};
        person.secondFactor = std::exchange(person.pendingSecondFactor, std::nullopt);
        person.lastCodeStep = *step;
        endAccess(transaction, person.id, now);
        PersonRepository::save(transaction, person);
        note(transaction, desk, "confirm-second-factor", person);
        return begin(transaction, desk, person, confirmed);
    });
    desk.door.succeeded(attempt, desk.clock.sinceBoot());
    return signedIn;
}

}  // namespace loa
