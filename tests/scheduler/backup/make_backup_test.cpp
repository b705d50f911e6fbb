#include <linux/capability.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <set>
#include <thread>

#include "tests/scheduler/backup/backup_case.h"
#include "tests/scheduler/storage/loop_disk.h"

using namespace loa;
using namespace loa::test;

namespace {

struct stat statusOf(const std::filesystem::path& path) {
    struct stat status {};
    REQUIRE(stat(path.c_str(), &status) == 0);
    return status;
}

/// As a service without privileges: while it lives, the modes of files bind this thread, though root may run it.
class HeedingModes {
public:
    HeedingModes() {
        REQUIRE(syscall(SYS_capget, &about_, before_.data()) == 0);
        auto without = before_;
        without[0].effective &= ~(1U << CAP_DAC_OVERRIDE | 1U << CAP_DAC_READ_SEARCH);
        REQUIRE(syscall(SYS_capset, &about_, without.data()) == 0);
    }
    ~HeedingModes() { syscall(SYS_capset, &about_, before_.data()); }
    HeedingModes(const HeedingModes&) = delete;
    HeedingModes& operator=(const HeedingModes&) = delete;

private:
    __user_cap_header_struct about_{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> before_{};
};

std::vector<std::string> sorted(const std::set<std::filesystem::path>& paths) {
    std::vector<std::string> texts;
    for (const auto& path : paths) texts.push_back(path.string());
    return texts;
}

}  // namespace

TEST_CASE("make backup: it holds the database and the media, is its owner's alone, and verifies") {
    BackupCase office;
    const auto media = office.addMedia("tin chiều");
    const auto made = office.backUp();
    CHECK(made.inventory.media.size() == 2);
    CHECK(made.inventory.database.rows.at("area") == 1);
    CHECK(made.inventory.leftOut.empty());
    CHECK(bytesOf(made.folder / "media" / canonicalPath(media)) == "tin chiều");
    CHECK(verifyBackup(made.folder, silent) == made.inventory);
    CHECK((statusOf(made.folder).st_mode & 077) == 0);
    CHECK((statusOf(made.folder / "loa.db").st_mode & 077) == 0);
    CHECK(inventoryFromJson(toJson(made.inventory)) == made.inventory);
    // Looking at it leaves nothing in it.
    CHECK(allUnder(made.folder).size() == 4);
}

TEST_CASE("make backup: while others write it is one instant, and nobody is held up") {
    BackupCase office;
    std::atomic<bool> ends{false};
    std::thread writer{[&] {
        // Each write adds two areas: a back-up with one of a pair would be no instant.
        for (int pair = 0; !ends; ++pair)
            office.database->write([&](WriteTransaction& transaction) {
                for (const char* half : {"a", "b"})
                    AreaRepository::save(transaction, {AreaId{half + std::to_string(pair)}, std::string(3000, 'x'),
                                                       std::nullopt, std::nullopt, std::nullopt});
            });
    }};
    std::int64_t before = 0;
    for (int i = 0; i < 5; ++i) {
        const auto made = office.backUp();
        const auto areas = made.inventory.database.rows.at("area");
        CHECK(areas % 2 == 1);
        CHECK(areas >= before);
        before = areas;
    }
    ends = true;
    writer.join();
    CHECK(before > 1);
}

TEST_CASE("F24 make backup: what is written between two pages of the copy is not in it, and is not held up by it") {
    BackupCase office;
    office.database->write([](WriteTransaction& transaction) {  // more pages than are copied at once
        for (int i = 0; i < 1000; ++i)
            AreaRepository::save(transaction, {AreaId{"a" + std::to_string(i)}, std::string(3000, 'x'), std::nullopt,
                                               std::nullopt, std::nullopt});
    });
    const auto before = office.areaCount();
    std::size_t written = 0;
    const auto made =
        makeBackup(office.state, office.backups, office.now, [&](std::string_view step, auto done, auto all) {
            if (step == "database" && done < all) office.addArea("during" + std::to_string(written++));
        });
    REQUIRE(written > 0);
    CHECK(made.inventory.database.rows.at("area") == static_cast<std::int64_t>(before));
    CHECK(office.areaCount() == before + written);
}

TEST_CASE(
    "F24 make backup: a copy that stands still: the log stays under 64 MB, writes are refused, and go on after it") {
    BackupCase office;
    const auto write = [&](int number) {
        office.database->write([&](WriteTransaction& transaction) {
            AreaRepository::save(transaction, {AreaId{"a" + std::to_string(number)}, std::string(1 << 20, 'x'),
                                               std::nullopt, std::nullopt, std::nullopt});
        });
    };
    for (int i = 0; i < 2; ++i) write(i);
    const auto before = office.areaCount();
    const auto logBytes = [&] { return std::filesystem::file_size(office.state / "loa.db-wal"); };
    int written = 2;
    std::string refusal;
    const auto made =
        makeBackup(office.state, office.backups, office.now, [&](std::string_view step, auto done, auto all) {
            if (step != "database" || done == all) return;
            while (refusal.empty() && written < 200)
                if (refusal = errorCode([&] { write(written); }); refusal.empty()) ++written;
            CHECK(logBytes() < 64 << 20);
        });
    CHECK(refusal == "database-busy");
    CHECK(written > 20);
    CHECK(made.inventory.database.rows.at("area") == static_cast<std::int64_t>(before));
    for (int i = 0; i < 70; ++i) write(written + i);
    CHECK(logBytes() < 64 << 20);
}

TEST_CASE("make backup: media of the back-up before is linked, not copied, unless it is damaged there") {
    BackupCase office;
    const auto media = office.addMedia("tin chiều");
    const auto first = office.backUp();
    CHECK(first.linked == 0);
    const auto second = office.backUp();
    CHECK(second.linked == 2);
    const auto path = std::filesystem::path{"media"} / canonicalPath(media);
    CHECK(statusOf(first.folder / path).st_ino == statusOf(second.folder / path).st_ino);
    CHECK(statusOf(office.state / path).st_ino != statusOf(second.folder / path).st_ino);
    std::filesystem::remove_all(first.folder);
    CHECK(verifyBackup(second.folder, silent) == second.inventory);
    std::ofstream{second.folder / path, std::ios::binary} << "tin chiềU";
    const auto third = office.backUp();
    CHECK(third.linked == 1);
    CHECK(verifyBackup(third.folder, silent) == third.inventory);
}

TEST_CASE("make backup: media that is damaged in the office is left out and named; the rest is saved") {
    BackupCase office;
    const auto media = office.addMedia("tin chiều");
    std::ofstream{office.state / "media" / canonicalPath(media), std::ios::binary} << "tin chiềU";
    const auto made = office.backUp();
    CHECK(made.inventory.leftOut == std::vector<std::string>{canonicalPath(media).string()});
    CHECK(made.inventory.media.size() == 1);
    CHECK(verifyBackup(made.folder, silent) == made.inventory);
}

TEST_CASE("make backup: media that cannot be read is left out and named, a file of it as a whole folder") {
    const HeedingModes heeding;
    BackupCase office;
    const auto file = office.addKnownMedia("tin chiều");
    const auto folder = office.addKnownMedia("tin tối");
    std::filesystem::permissions(office.state / "media" / canonicalPath(file), std::filesystem::perms::none);
    std::filesystem::permissions((office.state / "media" / canonicalPath(folder)).parent_path(),
                                 std::filesystem::perms::none);
    const auto made = office.backUp();
    CHECK(made.inventory.leftOut ==
          sorted({canonicalPath(file), originalPath(file), canonicalPath(folder), originalPath(folder)}));
    CHECK(made.inventory.media.size() == 1);
    CHECK(allUnder(made.folder).size() == 3);
    CHECK(verifyBackup(made.folder, silent) == made.inventory);
    std::filesystem::permissions((office.state / "media" / canonicalPath(folder)).parent_path(),
                                 std::filesystem::perms::owner_all);
}

TEST_CASE("make backup: media that vanishes, before or while it is copied, is left out and named; the rest is saved") {
    BackupCase office;
    const auto before = office.addKnownMedia("tin trưa");
    std::set<MediaId> during{office.addKnownMedia("tin chiều"), office.addKnownMedia("tin tối")};
    std::filesystem::remove(office.state / "media" / canonicalPath(before));
    // The first of the two to be copied is told; the other then goes, on its turn.
    std::optional<MediaId> gone;
    const auto made =
        makeBackup(office.state, office.backups, office.now, [&](std::string_view step, std::int64_t, std::int64_t) {
            if (step != "media" || gone) return;
            gone = *during.rbegin();
            std::filesystem::remove(office.state / "media" / canonicalPath(*gone));
        });
    REQUIRE(gone);
    CHECK(made.inventory.leftOut == sorted({canonicalPath(before), originalPath(before), canonicalPath(*gone),
                                            originalPath(*gone), originalPath(*during.begin())}));
    CHECK(verifyBackup(made.folder, silent) == made.inventory);
    const auto restored = office.restore(made.folder);
    CHECK(restored.inventory.leftOut == made.inventory.leftOut);
    CHECK(bytesOf(office.state / "media" / canonicalPath(*during.begin())) != "");
    CHECK_FALSE(std::filesystem::exists(office.state / "media" / canonicalPath(*gone)));
}

TEST_CASE("make backup: what broke off is removed by the next one, and is never taken for a whole one") {
    BackupCase office;
    const auto broken = office.backups / "incomplete-2027-01-15T08.00.00Z";
    const auto made = office.backUp();
    std::filesystem::copy(made.folder, broken, std::filesystem::copy_options::recursive);
    CHECK(errorCode([&] { verifyBackup(broken, silent); }) == "no-backup");
    office.backUp();
    CHECK_FALSE(std::filesystem::exists(broken));
    std::filesystem::remove(made.folder / "inventory.json");
    CHECK(errorCode([&] { verifyBackup(made.folder, silent); }) == "no-backup");
}

TEST_CASE("make backup: one at a time into a folder, none from nothing, none where there is no room") {
    BackupCase office;
    std::filesystem::create_directories(office.backups);
    {
        const Descriptor other{open(office.backups.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
        REQUIRE(flock(other.get(), LOCK_EX | LOCK_NB) == 0);
        CHECK(errorCode([&] { office.backUp(); }) == "backup-under-way");
    }
    CHECK(errorCode([&] { makeBackup(office.folder.path() / "nowhere", office.backups, atNoon, silent); }) ==
          "no-database");
    if (withoutLoopDevices()) return;
    const LoopDisk disk;
    disk.leave(1024 * 1024);
    CHECK(errorCode([&] { makeBackup(office.state, disk.folder() / "backups", atNoon, silent); }) == "no-room");
    CHECK(allUnder(disk.folder() / "backups").empty());
}
