#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "api/signing/signing.h"
#include "scheduler/domain/audit_entry.h"
#include "scheduler/domain/clock.h"
#include "scheduler/domain/words.h"
#include "scheduler/storage/database.h"

namespace loa {

/// The back-up that is being restored, and the heads of the office that it takes the place of.
struct RestoredBackup {
    std::string name;
    Instant made{};
    std::filesystem::path heads;     ///< stays as it is; need not be there
    std::filesystem::path newHeads;  ///< is made
};

/// What is to be done to a restored database before it is the office. Ends every session, since those that were ended
/// after the back-up would hold again. Leaves "restore-backup" in the trail: from which back-up, and the farthest head
/// that the trail does not reach. Starts the file of heads anew, with those of before that are about this trail: all up
/// to its last entry, but none from a restore on that this trail does not know. A head that contradicts the trail
/// stays, so that verifying goes on to find a trail that was written anew. Throws Error(unavailable).
void noteRestore(Database& copy, const Clock& clock, const SigningKey& key, const RestoredBackup& backup);

/// What an entry says of a restore; empty when it is about something else.
std::optional<Words> restoreWords(const AuditEntry& entry);

}  // namespace loa
