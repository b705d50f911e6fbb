#pragma once
#include <optional>
#include <vector>

#include "scheduler/people/person.h"
#include "scheduler/storage/transaction.h"

namespace loa {

struct PersonRepository {
    static std::optional<Person> find(ReadTransaction& transaction, const PersonId& id);
    /// Ordered by id; disabled ones too.
    static std::vector<Person> all(ReadTransaction& transaction);
    /// Whether somebody, disabled or not, has a role at that very area.
    static bool anyAt(ReadTransaction& transaction, const AreaId& area);
    /// Adds or replaces.
    static void save(WriteTransaction& transaction, const Person& person);
};

}  // namespace loa
