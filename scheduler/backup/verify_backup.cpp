#include "scheduler/backup/verify_backup.h"

#include <fstream>
#include <iterator>

#include "scheduler/backup/office_state.h"
#include "scheduler/media/disk.h"

namespace loa {
namespace {

Inventory inventoryOf(const std::filesystem::path& from) {
    std::ifstream file{from / "inventory.json", std::ios::binary};
    if (!file || from.filename().string().starts_with("incomplete-"))
        throw Error{Fault::notFound,
                    "no-backup",
                    {from.string() + " không phải là một bản sao lưu trọn vẹn.",
                     from.string() + " is no back-up, or none that was finished"}};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    try {
        return inventoryFromJson(text);
    } catch (const Error&) {
        throw backupDamaged(from / "inventory.json");
    }
}

}  // namespace

Error backupDamaged(const std::filesystem::path& file) {
    return {Fault::invalid,
            "backup-damaged",
            {"Bản sao lưu bị hỏng ở " + file.string() + ". Dùng bản sao lưu khác.",
             "the back-up is damaged: " + file.string() + " is not what was saved"}};
}

Inventory verifyBackup(const std::filesystem::path& from, const Progress& tell) {
    auto inventory = inventoryOf(from);
    const OfficeState backup{from};
    std::int64_t all = inventory.databaseBytes;
    for (const auto& file : inventory.media) all += file.bytes;
    std::int64_t done = 0;
    const auto check = [&](const std::filesystem::path& file, const std::string& hash, std::int64_t bytes) {
        if (regularFileSize(file) != bytes || hashOf(file) != hash) throw backupDamaged(file);
        tell("check", done += bytes, all);
    };
    check(backup.database(), inventory.databaseSha256, inventory.databaseBytes);
    if (examineDatabase(backup.database()) != inventory.database) throw backupDamaged(from / "inventory.json");
    for (const auto& file : inventory.media) check(backup.media() / pathOf(file), file.id.text(), file.bytes);
    return inventory;
}

}  // namespace loa
