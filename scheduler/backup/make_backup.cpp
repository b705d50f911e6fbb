// The order makes it one state: first the database, which names media, then the media, of which none is ever removed.
// The inventory comes last, and the folder gets its name when all of it is on disk.
#include "scheduler/backup/make_backup.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "scheduler/backup/office_state.h"
#include "scheduler/domain/kill_point.h"
#include "scheduler/media/disk.h"
#include "scheduler/media/sha256.h"
#include "scheduler/storage/database_copy.h"

namespace loa {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view wholePrefix = "loa-";
constexpr std::string_view incompletePrefix = "incomplete-";

/// One back-up into a folder at a time.
Descriptor lockFolder(const fs::path& into) {
    fs::create_directories(into);
    Descriptor folder{open(into.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!folder.valid()) throw diskError();
    if (flock(folder.get(), LOCK_EX | LOCK_NB) == 0) return folder;
    throw Error{Fault::conflict,
                "backup-under-way",
                {"Đang có một lần sao lưu vào " + into.string() + ". Chờ xong rồi chạy lại.",
                 "another back-up into " + into.string() + " is under way; wait until it is done"}};
}

/// Removes what broke off, and finds the newest whole one.
std::optional<fs::path> lookAround(const fs::path& into) {
    std::optional<fs::path> newest;
    for (const auto& entry : fs::directory_iterator{into}) {
        const auto name = entry.path().filename().string();
        if (name.starts_with(incompletePrefix)) fs::remove_all(entry.path());
        if (name.starts_with(wholePrefix) && fs::exists(entry.path() / "inventory.json") &&
            (!newest || newest->filename() < entry.path().filename()))
            newest = entry.path();
    }
    return newest;
}

std::pair<MediaShelf, MediaId> placeOf(const KeptFile& file) {
    return {file.shelf, file.id};
}

/// The files that have a name on the shelves of a media folder, in order. What cannot be listed is not among them.
std::vector<KeptFile> filesIn(const fs::path& media) {
    std::vector<KeptFile> files;
    for (const auto shelf : {MediaShelf::canonical, MediaShelf::original}) {
        const auto root = media / toText(shelf);
        if (!fs::exists(root)) continue;
        for (const auto& entry :
             fs::recursive_directory_iterator{root, fs::directory_options::skip_permission_denied}) {
            const auto id = entry.path().stem().string();
            if (!isSha256(id)) continue;
            KeptFile file{shelf, MediaId{id}, 0};
            const auto bytes = regularFileSize(entry.path());
            if (!bytes || media / pathOf(file) != entry.path()) continue;
            file.bytes = *bytes;
            files.push_back(std::move(file));
        }
    }
    std::ranges::sort(files, {}, placeOf);
    return files;
}

bool isThere(const std::optional<fs::path>& before, const KeptFile& file) {
    return before && regularFileSize(*before / "media" / pathOf(file)) == file.bytes;
}

/// Whether the file of the back-up before was whole, and has its name here now, too.
bool linked(const std::optional<fs::path>& before, const KeptFile& file, const fs::path& to) {
    if (!isThere(before, file)) return false;
    const auto from = *before / "media" / pathOf(file);
    if (hashOf(from) != file.id.text()) return false;
    fs::create_directories(to.parent_path());
    return link(from.c_str(), to.c_str()) == 0;
}

void copyMedia(const OfficeState& office, const std::optional<fs::path>& before, const fs::path& folder,
               const std::vector<KeptFile>& files, MadeBackup& made, const Progress& tell) {
    std::int64_t all = 0;
    for (const auto& file : files) all += file.bytes;
    std::int64_t done = 0;
    for (const auto& file : files) {
        const auto to = folder / "media" / pathOf(file);
        if (linked(before, file, to)) {
            ++made.linked;
            made.inventory.media.push_back(file);
        } else if (copyHashed(office.media() / pathOf(file), to) == file.id.text()) {
            made.inventory.media.push_back(file);
        } else {
            fs::remove(to);
            made.inventory.leftOut.push_back(pathOf(file).string());
        }
        tell("media", done += file.bytes, all);
    }
}

/// Adds what the database says is in the store, and of which there was no file to be copied.
void addMissing(const OfficeState& copy, Inventory& inventory) {
    std::set<std::string> leftOut{inventory.leftOut.begin(), inventory.leftOut.end()};
    const auto add = [&](MediaShelf shelf, const MediaId& id) {
        const KeptFile file{shelf, id, 0};
        if (isSha256(id.text()) && !std::ranges::binary_search(inventory.media, placeOf(file), {}, placeOf))
            leftOut.insert(pathOf(file).string());
    };
    for (const auto& files : mediaFilesIn(copy.database())) {
        add(MediaShelf::canonical, files.canonical);
        add(MediaShelf::original, files.original);
    }
    inventory.leftOut.assign(leftOut.begin(), leftOut.end());
}

std::string nameOf(Instant now) {
    auto name = formatInstant(std::chrono::floor<std::chrono::seconds>(now));
    std::ranges::replace(name, ':', '.');
    return name;
}

}  // namespace

MadeBackup makeBackup(const fs::path& stateDirectory, const fs::path& into, Instant now, const Progress& tell) {
    const OfficeState office{stateDirectory};
    if (!fs::exists(office.database()))
        throw Error{Fault::notFound,
                    "no-database",
                    {"Không có cơ sở dữ liệu nào ở " + office.database().string() + ".",
                     "there is no database at " + office.database().string()}};
    const auto lock = lockFolder(into);
    const auto before = lookAround(into);
    const auto name = nameOf(now);
    const auto folder = into / (std::string{incompletePrefix} + name);
    const auto whole = into / (std::string{wholePrefix} + name);
    if (fs::exists(whole))
        throw Error{Fault::conflict,
                    "backup-exists",
                    {"Đã có bản sao lưu " + whole.string() + ".", "there is a back-up " + whole.string() + " already"}};
    std::int64_t needed = databaseBytes(office.database());
    for (const auto& file : filesIn(office.media()))
        if (!isThere(before, file)) needed += file.bytes;
    requireRoomFor(needed, into);
    fs::create_directory(folder);
    fs::permissions(folder, fs::perms::owner_all);

    MadeBackup made{whole, {}, 0};
    auto& inventory = made.inventory;
    inventory.made = now;
    const OfficeState copy{folder};
    copyDatabase(office.database(), copy.database(),
                 [&](std::int64_t done, std::int64_t all) { tell("database", done, all); });
    killPoint("backup.databaseCopied");
    inventory.database = examineDatabase(copy.database());
    inventory.databaseSha256 = hashOf(copy.database());
    inventory.databaseBytes = regularFileSize(copy.database()).value_or(0);
    copyMedia(office, before, folder, filesIn(office.media()), made, tell);
    addMissing(copy, inventory);
    syncFileSystem(folder);
    killPoint("backup.mediaCopied");
    writeDurably(folder / "inventory.json", toJson(inventory));
    killPoint("backup.inventoryWritten");
    fs::rename(folder, whole);
    syncDirectory(into);
    return made;
}

}  // namespace loa
