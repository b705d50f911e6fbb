// Against an admin who makes an approver of their own: what lets something sound takes two people, and so does who may
// let it.
#include "scheduler/operations/vouch.h"

#include <algorithm>

#include "scheduler/operations/audit.h"
#include "scheduler/operations/audit_facts.h"
#include "scheduler/operations/may.h"
#include "scheduler/operations/people.h"
#include "scheduler/storage/person_repository.h"

namespace loa {
namespace {

bool canVouch(const Person& other, const Person& person, const AreaParents& parents) {
    const Standing standing{other.grants, {Right::managePeople}, parents};
    return std::ranges::all_of(person.grants,
                               [&](const Grant& grant) { return standing.holdsAt(Right::managePeople, grant.area); });
}

Error ownGiving() {
    return {Fault::forbidden,
            "own-giving",
            {"Người đã cấp không tự xác nhận. Nhờ quản trị khác xác nhận.",
             "who gave it does not vouch for it; ask another admin"}};
}

}  // namespace

std::optional<Unvouched> givenAlone(ReadTransaction& transaction, const PeopleDesk& desk, const Person& person) {
    if (desk.actor.kind != Actor::Kind::person || !isDangerous(person.grants)) return std::nullopt;
    const PersonId giver{desk.actor.name};
    const auto now = desk.clock.now();
    const auto parents = areaParents(transaction);
    const auto people = PersonRepository::all(transaction);
    const bool hasSecond = std::ranges::any_of(people, [&](const Person& other) {
        return other.id != giver && other.id != person.id && !other.disabled && !other.isHeldBack(now) &&
               canVouch(other, person, parents);
    });
    return Unvouched{giver, now, hasSecond ? std::nullopt : std::optional{now + aloneFor}};
}

Person vouchFor(const PeopleDesk& desk, const PersonId& id) {
    return desk.database.write([&](WriteTransaction& transaction) {
        auto person = managed(transaction, desk, id);
        requireSomebodyElse(desk, id);
        if (!person.unvouched)
            throw Error{Fault::conflict,
                        "nothing-to-vouch",
                        {"Tài khoản này không chờ xác nhận. Tải lại danh sách.",
                         "nothing of this account waits for a second admin"}};
        if (person.unvouched->by.text() == desk.actor.name) throw ownGiving();
        const auto before = person;
        person.unvouched.reset();
        PersonRepository::save(transaction, person);
        audit(transaction, desk.actor, desk.clock.now(), "vouch-for-person", auditObject(id), auditFacts(before),
              auditFacts(person));
        return person;
    });
}

std::vector<Person> unvouchedInSight(const PeopleDesk& desk) {
    if (!desk.standing.holds(Right::seeAudit)) return {};
    auto people = desk.database.read([](ReadTransaction& transaction) { return PersonRepository::all(transaction); });
    std::erase_if(people, [&, now = desk.clock.now()](const Person& person) {
        const bool isOver =
            !person.unvouched || (person.unvouched->until && now > *person.unvouched->until + noticeLife);
        return isOver || !std::ranges::all_of(person.grants, [&](const Grant& grant) {
                   return desk.standing.holdsAt(Right::seeAudit, grant.area);
               });
    });
    return people;
}

}  // namespace loa
