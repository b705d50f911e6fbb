#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scheduler/domain/audit_entry.h"
#include "scheduler/storage/transaction.h"

namespace loa {

/// Which entries; what is empty leaves all.
struct AuditFilter {
    std::optional<Instant> from;        ///< written then or later
    std::optional<Instant> to;          ///< written earlier
    std::optional<std::string> object;  ///< as AuditEntry::object
    std::optional<std::string> actor;   ///< by name
};

/// The audit trail: entries are put behind the last one and read, and that is all; the table refuses the rest.
struct AuditRepository {
    static std::optional<AuditEntry> last(ReadTransaction& transaction);
    /// For scheduler/operations/audit.h alone, which knows the number and the hash. Fails where the number is taken.
    static void append(WriteTransaction& transaction, const AuditEntry& entry);
    /// At most `limit` that come after the one of that number, oldest first.
    static std::vector<AuditEntry> after(ReadTransaction& transaction, std::int64_t number, int limit);
    /// At most `limit` whose number is none of the trail's, which begins at 1: somebody wrote them into the file.
    static std::vector<AuditEntry> unnumbered(ReadTransaction& transaction, int limit);
    /// Whether the table refuses what it is to refuse: its triggers are those that Loa made, no more and no fewer.
    static bool isGuarded(ReadTransaction& transaction);
    /// At most `limit` that come before the one of that number, newest first.
    static std::vector<AuditEntry> before(ReadTransaction& transaction, std::int64_t number, const AuditFilter& filter,
                                          int limit);
};

}  // namespace loa
