// All is copied into restoring/ and checked there; the rest is renames, between which no office starts: the file
// restore-unfinished says so, until the one from the back-up is in its place.
#include "scheduler/backup/restore_backup.h"

#include <unistd.h>

#include <algorithm>

#include "scheduler/backup/office_state.h"
#include "scheduler/backup/state_lock.h"
#include "scheduler/backup/verify_backup.h"
#include "scheduler/domain/kill_point.h"
#include "scheduler/media/disk.h"

namespace loa {
namespace {

namespace fs = std::filesystem;

/// In the order in which they leave: the database takes its log with it, and goes last.
std::vector<fs::path> partsOf(const OfficeState& office) {
    std::vector<fs::path> parts{office.media(), office.database().string() + "-shm",
                                office.database().string() + "-wal", office.database()};
    std::erase_if(parts, [](const fs::path& part) { return !fs::exists(part); });
    return parts;
}

void requireNoOffice(const OfficeState& office) {
    if (partsOf(office).empty()) return;
    throw Error{Fault::conflict,
                "office-exists",
                {"Trong " + office.directory.string() +
                     " đã có dữ liệu. Thêm “--existing put-aside” để cất sang một thư mục bên trong rồi khôi phục.",
                 "there is an office in " + office.directory.string() +
                     " already; with '--existing put-aside' it is kept in a folder beside"}};
}

fs::path putAside(const OfficeState& office, Instant now) {
    const auto aside = office.directory / ("put-aside-" + std::to_string(epochMilliseconds(now)));
    fs::create_directory(aside);
    fs::permissions(aside, fs::perms::owner_all);
    for (const auto& part : partsOf(office)) fs::rename(part, aside / part.filename());
    syncDirectory(aside);
    syncDirectory(office.directory);
    return aside;
}

/// What was checked a moment ago may have changed since, and a disk may not give back what it was given.
void copyChecked(const fs::path& from, const fs::path& to, const std::string& hash) {
    if (copyHashed(from, to) != hash) throw backupDamaged(from);
}

void copyAll(const OfficeState& backup, const OfficeState& copy, const Inventory& inventory, const Progress& tell) {
    std::int64_t all = inventory.databaseBytes;
    for (const auto& file : inventory.media) all += file.bytes;
    copyChecked(backup.database(), copy.database(), inventory.databaseSha256);
    std::int64_t done = inventory.databaseBytes;
    fs::create_directories(copy.media());
    for (const auto& file : inventory.media) {
        copyChecked(backup.media() / pathOf(file), copy.media() / pathOf(file), file.id.text());
        tell("restore", done += file.bytes, all);
    }
}

/// A log that is left would not come along with its database.
void requireNoLog(const OfficeState& copy) {
    if (fs::exists(copy.database().string() + "-wal")) throw diskError();
}

/// The old ones get a second name before theirs goes to the new ones, so that there are heads at each moment.
std::optional<fs::path> placeHeads(const OfficeState& copy, const OfficeState& office, Instant now) {
    if (!fs::exists(copy.auditHeads())) return std::nullopt;
    std::optional<fs::path> old;
    if (fs::exists(office.auditHeads())) {
        old = office.directory / ("audit-heads-before-restore-" + std::to_string(epochMilliseconds(now)) + ".log");
        if (link(office.auditHeads().c_str(), old->c_str()) != 0) throw diskError();
        syncDirectory(office.directory);
    }
    fs::rename(copy.auditHeads(), office.auditHeads());
    syncDirectory(office.directory);
    return old;
}

}  // namespace

Restored restoreBackup(const fs::path& from, const fs::path& stateDirectory, Existing existing, Instant now,
                       const Progress& tell, const Preparation& prepare) {
    const OfficeState office{stateDirectory};
    fs::create_directories(stateDirectory);
    const StateLock lock{stateDirectory};
    if (existing == Existing::refuse) requireNoOffice(office);
    Restored restored{verifyBackup(from, tell), std::nullopt, std::nullopt};
    std::int64_t needed = restored.inventory.databaseBytes;
    for (const auto& file : restored.inventory.media) needed += file.bytes;
    const OfficeState copy{office.restoring()};
    fs::remove_all(copy.directory);  // of an earlier try
    requireRoomFor(needed, stateDirectory);
    copyAll({from}, copy, restored.inventory, tell);
    if (prepare) prepare(copy.directory, restored.inventory);
    requireNoLog(copy);
    syncFileSystem(copy.directory);
    syncDirectory(stateDirectory);
    killPoint("restore.copied");

    if (!fs::exists(office.unfinishedRestore())) writeDurably(office.unfinishedRestore(), "");
    if (!partsOf(office).empty()) restored.aside = putAside(office, now);
    killPoint("restore.putAside");
    fs::rename(copy.media(), office.media());
    syncDirectory(stateDirectory);
    killPoint("restore.mediaPlaced");
    fs::rename(copy.database(), office.database());
    syncDirectory(stateDirectory);
    killPoint("restore.databasePlaced");
    restored.oldHeads = placeHeads(copy, office, now);
    killPoint("restore.headsPlaced");
    fs::remove_all(copy.directory);
    fs::remove(office.unfinishedRestore());
    syncDirectory(stateDirectory);
    return restored;
}

}  // namespace loa
