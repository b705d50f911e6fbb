#pragma once
#include <filesystem>
#include <string>

#include "scheduler/backup/files.h"
#include "scheduler/backup/inventory.h"

namespace loa {

/// A back-up that was made.
struct MadeBackup {
    std::filesystem::path folder;
    Inventory inventory;
    std::size_t linked = 0;  ///< of the media: had by the back-up before, and not copied again
};

/// Copies the office in the state directory into a new folder of `into`, loa-<time>, while it works: the database as it
/// is at one instant, then the media, which never change once they have their name. What is not whole is called
/// incomplete-<time> and goes with the next back-up. A file that the back-up before has, too, is linked there, not
/// copied: two names, one room; each is hashed all the same. Media that is missing, damaged or unreadable in the office
/// is left out and named in the inventory. The office's keys are elsewhere and not in it. Throws Error: notFound
/// "no-database"; conflict "backup-under-way"; unavailable "no-room", and what the disks say; invalid
/// "database-damaged".
MadeBackup makeBackup(const std::filesystem::path& stateDirectory, const std::filesystem::path& into, Instant now,
                      const Progress& tell);

}  // namespace loa
