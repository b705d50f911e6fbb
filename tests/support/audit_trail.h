#pragma once
#include <string>
#include <vector>

#include "scheduler/storage/audit_repository.h"
#include "scheduler/storage/connection.h"
#include "scheduler/storage/database.h"

namespace loa::test {

/// All entries behind the one of that number, oldest first.
inline std::vector<AuditEntry> trailOf(Database& database, std::int64_t after = 0) {
    return database.read(
        [&](ReadTransaction& transaction) { return AuditRepository::after(transaction, after, 100'000); });
}

inline std::int64_t newestOf(Database& database) {
    const auto all = trailOf(database);
    return all.empty() ? 0 : all.back().number;
}

/// The verbs behind the one of that number, oldest first.
inline std::vector<std::string> verbsOf(Database& database, std::int64_t after) {
    std::vector<std::string> verbs;
    for (const auto& entry : trailOf(database, after)) verbs.push_back(entry.verb);
    return verbs;
}

/// What somebody does who may write the file: the table's own refusals first out of the way.
inline void forge(const std::filesystem::path& file, const std::vector<std::string>& statements) {
    Connection raw{file, Connection::Access::write, Durability::full};
    for (const char* trigger : {"audit_entry_stays", "audit_entry_is_final"})
        raw.executeOnce("DROP TRIGGER IF EXISTS " + std::string{trigger});
    for (const auto& statement : statements) raw.executeOnce(statement);
}

}  // namespace loa::test
