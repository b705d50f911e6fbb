#pragma once
#include "scheduler/backup/files.h"
#include "scheduler/backup/inventory.h"
#include "scheduler/domain/error.h"

namespace loa {

/// Reads all of a back-up: that it is whole, that each file has the bytes it was made with, that the database fits
/// together and has the rows it had. Changes nothing. Throws Error: notFound "no-backup"; invalid "backup-damaged" with
/// the first file that is not as it was, "database-damaged"; conflict "database-newer".
Inventory verifyBackup(const std::filesystem::path& from, const Progress& tell);

/// "This file of the back-up is not what the inventory says."
Error backupDamaged(const std::filesystem::path& file);

}  // namespace loa
