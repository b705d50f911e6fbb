// People with their roles.
#include "scheduler/storage/person_repository.h"

#include <map>

#include "scheduler/storage/enum_columns.h"
#include "scheduler/storage/statement.h"

namespace loa {
namespace {

std::map<PersonId, std::vector<Grant>> grantsOf(ReadTransaction& transaction, const std::string& which,
                                                const auto&... values) {
    std::map<PersonId, std::vector<Grant>> grants;
    for (auto& [person, role, area] : select<PersonId, Role, std::optional<AreaId>>(
             transaction, "SELECT person, role, area FROM person_role " + which + " ORDER BY person, position",
             values...))
        grants[person].push_back({role, std::move(area)});
    return grants;
}

std::vector<Person> people(ReadTransaction& transaction, const std::string& rest, const auto&... values) {
    return each<Person>(
        select<PersonId, std::string, std::string, int, std::optional<std::string>, std::optional<std::string>,
               std::int64_t, Instant, std::optional<Instant>, std::optional<PersonId>, std::optional<Instant>,
               std::optional<Instant>>(
            transaction,
            "SELECT id, name, password, password_initial, second_factor, second_factor_pending, code_step, created, "
            "disabled, given_by, given, given_until FROM person " +
                rest,
            values...),
        [](auto id, auto name, auto password, auto initial, auto factor, auto pending, auto step, auto created,
           auto disabled, auto givenBy, auto given, auto givenUntil) {
            std::optional<Unvouched> unvouched;
            if (givenBy && given) unvouched = Unvouched{*std::move(givenBy), *given, givenUntil};
            return Person{std::move(id),
                          std::move(name),
                          {},
                          std::move(password),
                          initial != 0,
                          std::move(factor),
                          std::move(pending),
                          step,
                          created,
                          disabled,
                          std::move(unvouched)};
        });
}

}  // namespace

std::optional<Person> PersonRepository::find(ReadTransaction& transaction, const PersonId& id) {
    auto person = first(people(transaction, "WHERE id = $1", id));
    if (person) person->grants = grantsOf(transaction, "WHERE person = $1", id)[id];
    return person;
}

std::vector<Person> PersonRepository::all(ReadTransaction& transaction) {
    auto all = people(transaction, "ORDER BY id");
    auto grants = grantsOf(transaction, "");
    for (auto& person : all) person.grants = std::move(grants[person.id]);
    return all;
}

bool PersonRepository::anyAt(ReadTransaction& transaction, const AreaId& area) {
    return !select<int>(transaction, "SELECT 1 FROM person_role WHERE area = $1 LIMIT 1", area).empty();
}

void PersonRepository::save(WriteTransaction& transaction, const Person& person) {
    const auto& unvouched = person.unvouched;
    execute(transaction,
            "INSERT INTO person (id, name, password, password_initial, second_factor, second_factor_pending, "
            "code_step, created, disabled, given_by, given, given_until) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) "
            "ON CONFLICT (id) DO UPDATE SET name = excluded.name, password = excluded.password, "
            "password_initial = excluded.password_initial, second_factor = excluded.second_factor, "
            "second_factor_pending = excluded.second_factor_pending, code_step = excluded.code_step, "
            "created = excluded.created, disabled = excluded.disabled, "
            "given_by = excluded.given_by, given = excluded.given, given_until = excluded.given_until",
            person.id, person.name, person.password, static_cast<int>(person.hasInitialPassword), person.secondFactor,
            person.pendingSecondFactor, person.lastCodeStep, person.created, person.disabled,
            unvouched ? std::optional{unvouched->by} : std::nullopt,
            unvouched ? std::optional{unvouched->since} : std::nullopt, unvouched ? unvouched->until : std::nullopt);
    execute(transaction, "DELETE FROM person_role WHERE person = $1", person.id);
    int position = 0;
    for (const auto& grant : person.grants)
        execute(transaction, "INSERT INTO person_role (person, position, role, area) VALUES ($1, $2, $3, $4)",
                person.id, position++, grant.role, grant.area);
}

}  // namespace loa
