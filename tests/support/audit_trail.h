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

/// What somebody does who may write the file and leaves no trace that can be left out: the table's own refusals out of
/// the way first, and put back afterwards.
inline void forge(const std::filesystem::path& file, const std::vector<std::string>& statements) {
    Connection raw{file, Connection::Access::write, Durability::full};
    const auto guards = raw.triggersOf("audit_entry");
    for (const auto& [name] : raw.select<std::string>("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
        raw.executeOnce("DROP TRIGGER " + name);
    for (const auto& statement : statements) raw.executeOnce(statement);
    for (const auto& guard : guards) raw.executeOnce(guard);
}

}  // namespace loa::test
