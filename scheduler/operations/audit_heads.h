#pragma once
#include <filesystem>
#include <optional>
#include <vector>

#include "api/signing/signing.h"
#include "scheduler/domain/audit_entry.h"
#include "scheduler/domain/clock.h"
#include "scheduler/storage/database.h"

namespace loa {

// The heads of the audit trail, in a file of their own: one line a day, each a document of the kind "audit-head" signed
// with the office's key (api/signing). What the database no longer says, the lines still do, and so does every copy of
// them that somebody keeps elsewhere.

/// The file, beside the database.
constexpr const char* auditHeadsName = "audit-heads.log";

/// A line of the file: a head, or nothing where it is none that a trusted key has signed.
struct AuditHeadLine {
    int line = 0;  ///< from 1
    std::optional<AuditHead> head;
};

/// All whole lines; a last one without its end was never written. No file has none. Throws Error(unavailable) when it
/// cannot be read.
std::vector<AuditHeadLine> readAuditHeads(const std::filesystem::path& file, const std::vector<VerifyingKey>& trusted);

/// Appends the trail's head as it is now; durable when it returns. Throws Error(unavailable).
AuditHead writeAuditHead(const std::filesystem::path& file, Database& database, const Clock& clock,
                         const SigningKey& key);

/// Appends the head of today, unless there is one. For the upkeep.
void keepAuditHead(const std::filesystem::path& file, Database& database, const Clock& clock, const SigningKey& key);

}  // namespace loa
