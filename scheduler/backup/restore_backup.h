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
    std::optional<std::filesystem::path> aside;  ///< where the office of before is now
};

/// Makes the office of a back-up the one in the state directory. Verifies all of it before it writes anything, and
/// hashes again what it has written; until it is done the office of before is not touched, and if it breaks off in the
/// last steps no office starts there until it was made again (requireNoHalfRestore). Stations then send what the
/// back-up lacks. Throws Error as verifyBackup does, and conflict "office-in-use", "office-exists"; unavailable
/// "no-room", and what the disks say.
Restored restoreBackup(const std::filesystem::path& from, const std::filesystem::path& stateDirectory,
                       Existing existing, Instant now, const Progress& tell);

}  // namespace loa
