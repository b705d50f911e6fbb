#pragma once
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <memory>

#include "scheduler/backup/make_backup.h"
#include "scheduler/backup/restore_backup.h"
#include "scheduler/backup/verify_backup.h"
#include "scheduler/media/media_store.h"
#include "scheduler/media/sha256.h"
#include "scheduler/storage/area_repository.h"
#include "scheduler/storage/media_repository.h"
#include "tests/scheduler/storage/backend.h"

namespace loa::test {

inline void silent(std::string_view, std::int64_t, std::int64_t) {}

inline std::string bytesOf(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

/// Everything under a folder: path and bytes of each file.
inline std::map<std::string, std::string> allUnder(const std::filesystem::path& folder) {
    std::map<std::string, std::string> all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{folder})
        if (entry.is_regular_file()) all[entry.path().lexically_relative(folder).string()] = bytesOf(entry.path());
    return all;
}

/// A state directory with a database and media, and a folder for back-ups beside it.
struct BackupCase {
    TemporaryDirectory folder;
    std::filesystem::path state = folder.path() / "state";
    std::filesystem::path backups = folder.path() / "backups";
    std::unique_ptr<Database> database;
    Instant now = atNoon;

    BackupCase() {
        std::filesystem::create_directories(state);
        database = std::make_unique<Database>(state / "loa.db", now);
        addArea("thanh-binh");
        addMedia("tin sáng");
    }
    void addArea(const std::string& id) {
        database->write([&](WriteTransaction& transaction) {
            AreaRepository::save(transaction, {AreaId{id}, "huyện " + id, std::nullopt, std::nullopt, std::nullopt});
        });
    }
    /// A file of those bytes on the canonical shelf.
    MediaId addMedia(const std::string& bytes) const {
        MediaStore store{state / "media"};
        auto incoming = store.receive();
        std::ofstream{incoming.path(), std::ios::binary} << bytes;
        return store.keepCanonical(std::move(incoming));
    }
    /// The same, and the database knows of it, with an original of the same bytes that nobody has kept.
    MediaId addKnownMedia(const std::string& bytes) const {
        MediaItem item;
        item.id = item.originalSha256 = addMedia(bytes);
        item.title = bytes;
        database->write([&](WriteTransaction& transaction) { MediaRepository::save(transaction, item); });
        return item.id;
    }
    /// A second later than the one before.
    MadeBackup backUp() {
        now += std::chrono::seconds{1};
        return makeBackup(state, backups, now, silent);
    }
    Restored restore(const std::filesystem::path& from, Existing existing = Existing::putAside) {
        database.reset();
        auto restored = restoreBackup(from, state, existing, now, silent);
        database = std::make_unique<Database>(state / "loa.db", now);
        return restored;
    }
    std::size_t areaCount() const {
        return database->read([](ReadTransaction& transaction) { return AreaRepository::all(transaction).size(); });
    }
};

}  // namespace loa::test
