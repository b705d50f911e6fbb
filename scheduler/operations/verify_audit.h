#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scheduler/domain/audit_entry.h"
#include "scheduler/domain/words.h"
#include "scheduler/operations/audit_heads.h"
#include "scheduler/operations/scheduler.h"
#include "scheduler/storage/database.h"

namespace loa {

/// A place at which the audit trail is not as it was written.
struct AuditBreak {
    std::string code;         ///< kebab-case, stays the same for ever
    std::int64_t number = 0;  ///< of the entry; 0 where it is about a line of the heads alone
    int line = 0;             ///< of the file of heads, from 1; 0 where none is concerned
    Words words;
};

/// A restore that the trail tells of.
struct AuditRestore {
    std::int64_t number = 0;  ///< of its entry
    Words words;              ///< what was left behind
};

struct AuditVerification {
    std::int64_t entries = 0;            ///< that are there, from number 1 on
    std::optional<AuditHead> newest;     ///< the farthest a good line of the heads reaches
    std::vector<AuditBreak> breaks;      ///< by number, then line; at most auditBreaksLimit
    std::vector<AuditRestore> restores;  ///< by number; no break, and for people to judge
    bool intact() const { return breaks.empty(); }
};

constexpr std::size_t auditBreaksLimit = 100;

/// Computes the whole chain anew and holds it against the heads. A break is "entry-changed" (it does not follow from
/// the one before, or lies in the database as something else than what it is), "entry-unnumbered" (a number below 1),
/// "trail-unguarded" (the triggers are not those that Loa made), "entries-missing" (numbers that are not there),
/// "trail-cut-off" (a head knows entries that the database does not have), "head-differs" (the trail was written anew),
/// "head-unsigned" (a line of the heads that no trusted key has signed as it is), "heads-missing" (there are entries,
/// and not one head).
AuditVerification verifyAudit(Database& database, const std::vector<AuditHeadLine>& heads);

/// The same with the office's own heads.
AuditVerification verifyAudit(const Scheduler& scheduler);

}  // namespace loa
