// How people get in. A try is let through by the door's throttle before its password is looked at; then Argon2id is run
// for everybody, known or not. A right code is used up whatever becomes of the try.
#include "scheduler/operations/sign_in.h"

#include "api/signing/signing.h"
#include "scheduler/operations/audit.h"
#include "scheduler/operations/audit_facts.h"
#include "scheduler/operations/door.h"
#include "scheduler/operations/people.h"
#include "scheduler/people/second_factor.h"
#include "scheduler/storage/person_repository.h"
#include "scheduler/storage/session_repository.h"

namespace loa {
namespace {

constexpr std::size_t secretBytes = 32;
constexpr std::size_t idBytes = 8;

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

/// A right code is used up in the same transaction: of two tries with it one has it.
Trying trying(const PeopleDesk& desk, const std::string& name, const std::optional<std::string>& code) {
    const auto now = desk.clock.now();
    const PersonId id{name};
    Trying who{{name, desk.actor.address}, std::nullopt};
    desk.database.read([&](ReadTransaction& transaction) {
        who.person = PersonRepository::find(transaction, id);
        who.attempt.isKnown = SessionRepository::isKnown(transaction, id, desk.actor.address);
    });
    if (who.person && who.person->disabled) who.person.reset();
    if (!code || !who.person || !who.person->secondFactor) return who;
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
Person proven(const PeopleDesk& desk, const std::string& name, const std::string& password,
              const std::optional<std::string>& code) {
    const auto now = desk.clock.now();
    auto [attempt, person] = trying(desk, name, code);
    if (const auto wait = desk.door.take(attempt, now); wait > Milliseconds{0}) throw TooManyTries{wait};
    const bool isRight = desk.door.passwords().matches(password, person ? person->password : "");
    if (!isRight || !person) throw wrongSignIn();
    if (person->secondFactor && code && !attempt.hasCode) throw wrongSignIn();
    desk.door.succeeded(attempt, now);
    if (person->secondFactor && !code) throw codeNeeded();
    return *std::move(person);
}

SignedIn begin(WriteTransaction& transaction, const PeopleDesk& desk, const Person& person) {
    const auto now = desk.clock.now();
    SignedIn signedIn{"loa_session_" + randomHex(secretBytes), {}, person};
    auto& session = signedIn.session;
    session.id = SessionId{randomHex(idBytes)};
    session.hash = sha256Hex(signedIn.secret);
    session.person = person.id;
    session.address = desk.actor.address;
    session.created = now;
    session.confirmed = now;
    session.expires = now + sessionLife;
    SessionRepository::forget(transaction, now - addressLife);
    SessionRepository::add(transaction, session);
    return signedIn;
}

/// The person of a session that holds. Throws Error(unauthenticated) once it does not.
Person personOf(ReadTransaction& transaction, const PeopleDesk& desk, const SessionId& id) {
    const auto session = SessionRepository::find(transaction, id);
    if (!session || !session->usable(desk.clock.now())) throw wrongSignIn();
    return PersonRepository::find(transaction, session->person).value();
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

TooManyTries::TooManyTries(Milliseconds wait)
    : Error{Fault::unavailable,
            "too-many-tries",
            {"Sai quá nhiều lần. Đợi " + inSeconds(wait) + " giây rồi thử lại, hoặc nhập mã 6 số trên điện thoại.",
             "There were too many wrong tries. Wait " + inSeconds(wait) + " seconds, or enter your device's code."}},
      wait_{wait} {}

SignedIn signIn(const PeopleDesk& desk, const std::string& name, const std::string& password,
                const std::optional<std::string>& code) {
    const auto person = proven(desk, name, password, code);
    return desk.database.write([&](WriteTransaction& transaction) {
        requireSamePassword(transaction, person);
        note(transaction, desk, "sign-in", person);
        return begin(transaction, desk, person);
    });
}

void signOut(const PeopleDesk& desk, const SessionId& session) {
    desk.database.write([&](WriteTransaction& transaction) {
        note(transaction, desk, "sign-out", personOf(transaction, desk, session));
        SessionRepository::end(transaction, session, desk.clock.now());
    });
}

void confirmSession(const PeopleDesk& desk, const SessionId& session, const std::string& password,
                    const std::optional<std::string>& code) {
    const auto person = proven(desk, personOf(desk, session).id.text(), password, code);
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
    const SignInTry attempt{holder.id.text(), desk.actor.address, true};
    const auto now = desk.clock.now();
    if (const auto wait = desk.door.take(attempt, now); wait > Milliseconds{0}) throw TooManyTries{wait};
    if (!desk.door.passwords().matches(old, holder.password)) throw wrongSignIn();
    desk.door.succeeded(attempt, now);
    const auto hash = desk.door.passwords().hash(chosen);
    return desk.database.write([&](WriteTransaction& transaction) {
        auto person = personOf(transaction, desk, session);
        requireSamePassword(transaction, holder);
        person.password = hash;
        person.hasInitialPassword = false;
        endAccess(transaction, person.id, now);
        PersonRepository::save(transaction, person);
        note(transaction, desk, "change-password", person);
        return begin(transaction, desk, person);
    });
}

std::string beginSecondFactor(const PeopleDesk& desk, const SessionId& session) {
    const auto secret = newSecondFactor();
    desk.database.write([&](WriteTransaction& transaction) {
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

void confirmSecondFactor(const PeopleDesk& desk, const SessionId& session, const std::string& code) {
    const auto now = desk.clock.now();
    const SignInTry attempt{personOf(desk, session).id.text(), desk.actor.address, true};
    if (const auto wait = desk.door.take(attempt, now); wait > Milliseconds{0}) throw TooManyTries{wait};
    desk.database.write([&](WriteTransaction& transaction) {
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
        PersonRepository::save(transaction, person);
        note(transaction, desk, "confirm-second-factor", person);
    });
    desk.door.succeeded(attempt, now);
}

}  // namespace loa
