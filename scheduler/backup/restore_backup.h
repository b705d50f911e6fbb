#pragma once
#include <filesystem>
#include <optional>

#include "scheduler/backup/files.h"
#include "scheduler/backup/inventory.h"

namespace loa {

/// What becomes of an office that is in the state directory already.
enum class Existing { refuse, putAside };

struct Restored {
    Inventory inventory;
    std::optional<std::filesystem::path> aside;     ///< where the office of before is now
    std::optional<std::filesystem::path> oldHeads;  ///< the heads of its audit trail, kept whole
};

/// What is to be done to the office of a back-up before it takes its place: its folder has loa.db and media/, and may
/// be given audit-heads.log.
using Preparation = std::function<void(const std::filesystem::path& folder, const Inventory& inventory)>;

/// Makes the office of a back-up the one in the state directory. Verifies all of it before it writes anything, and
/// hashes again what it has written; until it is done the office of before is not touched, and if it breaks off in the
/// last steps no office starts there until it was made again (requireNoHalfRestore). Where heads of an audit trail are
/// replaced, they are kept as audit-heads-before-restore-<time>.log. Stations then send what the back-up lacks. Throws
/// what `prepare` throws, Error as verifyBackup does, and conflict "office-in-use", "office-exists"; unavailable
/// "no-room", and what the disks say.
Restored restoreBackup(const std::filesystem::path& from, const std::filesystem::path& stateDirectory,
                       Existing existing, Instant now, const Progress& tell, const Preparation& prepare = {});

}  // namespace loa
