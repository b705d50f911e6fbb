// The office's people. Passwords are hashed before the transaction begins: that takes its time, and the writer waits
// for nobody.
#include "scheduler/operations/people.h"

#include <algorithm>
#include <iterator>

#include "scheduler/operations/audit.h"
#include "scheduler/operations/audit_facts.h"
#include "scheduler/operations/clean_name.h"
#include "scheduler/operations/door.h"
#include "scheduler/operations/may.h"
#include "scheduler/operations/not_found.h"
#include "scheduler/operations/vouch.h"
#include "scheduler/storage/area_repository.h"
#include "scheduler/storage/browser_repository.h"
#include "scheduler/storage/person_repository.h"
#include "scheduler/storage/session_repository.h"
#include "scheduler/storage/token_repository.h"

namespace loa {
namespace {

constexpr std::size_t longestId = 63;

void checkSignInName(const std::string& id) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    };
    if (!id.empty() && id.size() <= longestId && id.front() != '-' && id.front() != '.' &&
        std::ranges::all_of(id, allowed))
        return;
    throw Error{Fault::invalid,
                "bad-id",
                {"Tên đăng nhập chỉ gồm chữ thường không dấu, số, dấu chấm và gạch nối, tối đa 63 ký tự.",
                 "a sign-in name has lower-case letters, digits, dots and hyphens only, at most 63"}};
}

bool manages(const PeopleDesk& desk, std::span<const Grant> grants) {
    return std::ranges::all_of(
        grants, [&](const Grant& grant) { return desk.standing.holdsAt(Right::managePeople, grant.area); });
}

void checkNewGrants(ReadTransaction& transaction, const PeopleDesk& desk, std::span<const Grant> grants) {
    checkGrants(grants);
    // An area that is not there and one that is not the actor's are one and the same.
    for (const auto& grant : grants)
        if (grant.area && (!AreaRepository::find(transaction, *grant.area) || !desk.standing.sees(grant.area)))
            throw Error{Fault::invalid,
                        "unknown-area",
                        {"Không có địa bàn “" + grant.area->text() + "”. Chọn địa bàn khác.",
                         "there is no area '" + grant.area->text() + "'"}};
    if (!manages(desk, grants)) throw forbidden();
}

/// Roles that the person did not have there before.
std::vector<Grant> added(const std::vector<Grant>& grants, const std::vector<Grant>& before) {
    std::vector<Grant> all;
    std::ranges::copy_if(grants, std::back_inserter(all),
                         [&](const Grant& grant) { return std::ranges::count(before, grant) == 0; });
    return all;
}

void note(WriteTransaction& transaction, const PeopleDesk& desk, const char* verb, const std::optional<Person>& before,
          const Person& after) {
    audit(transaction, desk.actor, desk.clock.now(), verb, auditObject(after.id), auditFacts(before),
          auditFacts(after));
}

}  // namespace

Person managed(ReadTransaction& transaction, const PeopleDesk& desk, const PersonId& id) {
    auto person = PersonRepository::find(transaction, id);
    if (!person || !manages(desk, person->grants)) throw noSuchPerson(id);
    return *std::move(person);
}

void requireSomebodyElse(const PeopleDesk& desk, const PersonId& id) {
    if (!desk.isActor(id)) return;
    throw Error{Fault::forbidden,
                "own-account",
                {"Không ai tự đổi quyền hay khóa tài khoản của mình. Nhờ quản trị khác.",
                 "nobody changes their own roles; ask another admin"}};
}

void endAccess(WriteTransaction& transaction, const PersonId& person, Instant now) {
    SessionRepository::endAllOf(transaction, person, now);
    TokenRepository::revokeAllOf(transaction, person, now);
}

WithPassword addPerson(const PeopleDesk& desk, const PersonId& id, const std::string& name, std::vector<Grant> grants) {
    checkSignInName(id.text());
    const auto password = newPassword();
    Person person;
    person.id = id;
    person.name = cleanName(name);
    person.grants = std::move(grants);
    person.hasInitialPassword = true;
    person.created = desk.clock.now();
    desk.database.read([&](ReadTransaction& transaction) {  // before the work for the password
        checkNewGrants(transaction, desk, person.grants);
    });
    person.password = desk.door.passwords().hash(password);
    desk.database.write([&](WriteTransaction& transaction) {
        if (PersonRepository::find(transaction, id))
            throw Error{Fault::conflict,
                        "person-exists",
                        {"Đã có người dùng tên đăng nhập này. Chọn tên khác.", "this sign-in name is taken"}};
        checkNewGrants(transaction, desk, person.grants);
        person.unvouched = givenAlone(transaction, desk, person);
        PersonRepository::save(transaction, person);
        note(transaction, desk, "add-person", {}, person);
    });
    return {person, password};
}

Person changePerson(const PeopleDesk& desk, const PersonId& id, const std::string& name, std::vector<Grant> grants) {
    const auto clean = cleanName(name);
    return desk.database.write([&](WriteTransaction& transaction) {
        auto person = managed(transaction, desk, id);
        const auto before = person;
        requireSomebodyElse(desk, id);
        checkNewGrants(transaction, desk, grants);
        if (person.grants != grants) endAccess(transaction, id, desk.clock.now());
        person.name = clean;
        person.grants = grants;
        if (isDangerous(added(grants, before.grants))) person.unvouched = givenAlone(transaction, desk, person);
        if (!isDangerous(grants)) person.unvouched.reset();
        PersonRepository::save(transaction, person);
        note(transaction, desk, "change-person", before, person);
        return person;
    });
}

WithPassword resetPerson(const PeopleDesk& desk, const PersonId& id) {
    personInSight(desk, id);
    requireSomebodyElse(desk, id);
    const auto password = newPassword();
    const auto hash = desk.door.passwords().hash(password);
    auto person = desk.database.write([&](WriteTransaction& transaction) {
        auto changed = managed(transaction, desk, id);
        const auto before = changed;
        changed.password = hash;
        changed.hasInitialPassword = true;
        changed.secondFactor.reset();
        changed.pendingSecondFactor.reset();
        changed.disabled.reset();
        changed.unvouched = givenAlone(transaction, desk, changed);
        endAccess(transaction, id, desk.clock.now());
        BrowserRepository::forgetAllOf(transaction, id);
        PersonRepository::save(transaction, changed);
        note(transaction, desk, "reset-person", before, changed);
        return changed;
    });
    return {std::move(person), password};
}

void disablePerson(const PeopleDesk& desk, const PersonId& id) {
    desk.database.write([&](WriteTransaction& transaction) {
        auto person = managed(transaction, desk, id);
        const auto before = person;
        requireSomebodyElse(desk, id);
        const auto now = desk.clock.now();
        if (!person.disabled) person.disabled = now;
        endAccess(transaction, id, now);
        BrowserRepository::forgetAllOf(transaction, id);
        PersonRepository::save(transaction, person);
        note(transaction, desk, "disable-person", before, person);
    });
}

std::vector<Person> peopleInSight(const PeopleDesk& desk) {
    auto people = desk.database.read([](ReadTransaction& transaction) { return PersonRepository::all(transaction); });
    std::erase_if(people, [&](const Person& person) { return !manages(desk, person.grants); });
    return people;
}

Person personInSight(const PeopleDesk& desk, const PersonId& id) {
    return desk.database.read([&](ReadTransaction& transaction) { return managed(transaction, desk, id); });
}

}  // namespace loa
