#pragma once
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "api/signing/signing.h"
#include "scheduler/domain/audit_entry.h"
#include "scheduler/domain/clock.h"
#include "scheduler/storage/database.h"

namespace loa {

// The heads of the audit trail, in a file of their own: a line for each, a document of the kind "audit-head" signed
// with the office's key (api/signing). What the database no longer says, the lines still do, and so does every copy of
// them that somebody keeps elsewhere.

/// A line of the file: a head, or nothing where it is none that a trusted key has signed.
struct AuditHeadLine {
    int line = 0;  ///< from 1
    std::string text;
    std::optional<AuditHead> head;
};

/// All whole lines; a last one without its end was never written. No file has none. Throws Error(unavailable) when it
/// cannot be read.
std::vector<AuditHeadLine> readAuditHeads(const std::filesystem::path& file, const std::vector<VerifyingKey>& trusted);

/// Appends the trail's head as it is now; durable when it returns. Throws Error(unavailable).
AuditHead writeAuditHead(const std::filesystem::path& file, Database& database, const Clock& clock,
                         const SigningKey& key);

/// A new file: those lines, and behind them the head of a trail whose newest entry says that it was restored. Durable
/// when it returns. Throws Error(unavailable).
void startAuditHeads(const std::filesystem::path& file, std::span<const AuditHeadLine> lines, Database& restored,
                     const Clock& clock, const SigningKey& key);

/// Appends heads as they come due: what was done since the last one could be cut off without a trace. On one thread.
class AuditHeadUpkeep {
public:
    static constexpr Milliseconds longest = std::chrono::hours{1};  ///< that the trail goes on without a head

    AuditHeadUpkeep(std::filesystem::path file, Database& database, const Clock& clock, const SigningKey& key);

    /// Where the trail has gone on since the last head: at the first call, after an hour, and at once when something
    /// was approved, rejected or withdrawn or somebody's access was changed. Besides the first of each day. For every
    /// few seconds; reads what is new in the trail and writes nothing else. Throws Error(unavailable).
    void keep();
    /// Where the trail has gone on since, however little. For the stop. Throws Error(unavailable).
    void finish();

private:
    bool isDue(Day today);
    void write();

    const std::filesystem::path file_;
    Database& database_;
    const Clock& clock_;
    const SigningKey& key_;
    std::optional<AuditHead> last_;
    Milliseconds lastAt_;      ///< since boot
    std::int64_t seen_ = 0;    ///< number of the newest entry that was looked at
    bool isPressing_ = false;  ///< among what was looked at is something that waits for no hour
    bool isFirst_ = true;
};

}  // namespace loa
