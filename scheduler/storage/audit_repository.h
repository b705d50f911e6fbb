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
    /// At most `limit` that come before the one of that number, newest first.
    static std::vector<AuditEntry> before(ReadTransaction& transaction, std::int64_t number, const AuditFilter& filter,
                                          int limit);
};

}  // namespace loa
