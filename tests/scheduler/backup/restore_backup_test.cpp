#include "scheduler/backup/office_state.h"
#include "scheduler/backup/state_lock.h"
#include "tests/scheduler/backup/backup_case.h"

using namespace loa;
using namespace loa::test;

TEST_CASE("restore: the office is as it was, with its media, and works; the one of before is kept aside") {
    BackupCase office;
    const auto media = office.addMedia("tin chiều");
    const auto made = office.backUp();
    office.addArea("later");
    std::filesystem::remove(office.state / "media" / canonicalPath(media));
    const auto restored = office.restore(made.folder);
    CHECK(restored.inventory == made.inventory);
    CHECK(office.areaCount() == 1);
    CHECK(bytesOf(office.state / "media" / canonicalPath(media)) == "tin chiều");
    office.addArea("after");
    CHECK(office.areaCount() == 2);
    REQUIRE(restored.aside);
    Database before{*restored.aside / "loa.db", office.now};
    CHECK(before.read([](ReadTransaction& transaction) { return AreaRepository::all(transaction).size(); }) == 2);
    CHECK(verifyBackup(made.folder, silent) == made.inventory);
}

TEST_CASE("restore: an office that is there is refused unless told otherwise, and one that runs in any case") {
    BackupCase office;
    const auto made = office.backUp();
    const auto before = allUnder(office.state);
    CHECK(errorCode([&] { restoreBackup(made.folder, office.state, Existing::refuse, atNoon, silent); }) ==
          "office-exists");
    {
        const StateLock serving{office.state};
        CHECK(errorCode([&] { StateLock{office.state}; }) == "office-in-use");
        CHECK(errorCode([&] { restoreBackup(made.folder, office.state, Existing::putAside, atNoon, silent); }) ==
              "office-in-use");
    }
    auto after = allUnder(office.state);
    after.erase("lock");
    CHECK(after == before);
    const auto empty = office.folder.path() / "other";
    restoreBackup(made.folder, empty, Existing::refuse, atNoon, silent);
    CHECK(bytesOf(empty / "loa.db") == bytesOf(made.folder / "loa.db"));
}

TEST_CASE("restore: a back-up with any file changed, cut or missing is refused before anything is written") {
    BackupCase office;
    office.addMedia("tin chiều");
    const auto made = office.backUp();
    for (const auto& [path, bytes] : allUnder(made.folder)) {
        CAPTURE(path);
        const auto file = made.folder / path;
        auto flipped = bytes;
        flipped[flipped.size() / 2] = static_cast<char>(flipped[flipped.size() / 2] ^ 1);
        for (const auto& instead : {flipped, bytes.substr(0, bytes.size() / 2), std::string{}}) {
            std::ofstream{file, std::ios::binary} << instead;
            const auto code = errorCode([&] { verifyBackup(made.folder, silent); });
            CHECK((code == "backup-damaged" || code == "database-damaged"));
            const auto target = office.folder.path() / "target";
            CHECK_FALSE(
                errorCode([&] { restoreBackup(made.folder, target, Existing::refuse, atNoon, silent); }).empty());
            CHECK_FALSE(std::filesystem::exists(target / "loa.db"));
            CHECK_FALSE(std::filesystem::exists(target / "restoring"));
        }
        std::filesystem::remove(file);
        CHECK_FALSE(errorCode([&] { verifyBackup(made.folder, silent); }).empty());
        std::ofstream{file, std::ios::binary} << bytes;
    }
    CHECK(verifyBackup(made.folder, silent) == made.inventory);
}

TEST_CASE(
    "F83 restore: an inventory that leads out of the back-up, and a link in it, are refused before anything is read") {
    BackupCase office;
    const auto media = office.addMedia("tin chiều");
    const auto made = office.backUp();
    const auto inventory = bytesOf(made.folder / "inventory.json");
    const auto target = office.folder.path() / "target";
    const auto refusal = [&] {
        const auto restore = [&] { restoreBackup(made.folder, target, Existing::refuse, atNoon, silent); };
        CHECK(errorCode([&] { verifyBackup(made.folder, silent); }) == errorCode(restore));
        CHECK_FALSE(std::filesystem::exists(target / "restoring"));
        return errorCode(restore);
    };
    std::ofstream{office.folder.path() / "outside.opus"} << "tin chiều";
    for (const auto& way : std::vector<std::string>{"../../../outside", "/etc/passwd", "..", "ab/../../../../outside",
                                                    media.text() + "/.."}) {
        CAPTURE(way);
        auto changed = inventory;
        changed.replace(changed.find(media.text()), media.text().size(), way);
        std::ofstream{made.folder / "inventory.json", std::ios::binary} << changed;
        CHECK(refusal() == "backup-damaged");
    }
    std::ofstream{made.folder / "inventory.json", std::ios::binary} << inventory;
    const auto file = made.folder / "media" / canonicalPath(media);
    std::filesystem::remove(file);
    std::filesystem::create_symlink(office.folder.path() / "outside.opus", file);
    CHECK(refusal() == "backup-damaged");
}

TEST_CASE("restore: what is prepared in the copy takes its place with it; the heads of before are kept whole") {
    BackupCase office;
    const auto made = office.backUp();
    const auto heads = OfficeState{office.state}.auditHeads();
    std::ofstream{heads} << "old heads\n";
    office.database.reset();
    const auto prepare = [&](const std::filesystem::path& folder, const Inventory& inventory) {
        CHECK(inventory == made.inventory);
        Database copy{folder / "loa.db", office.now};
        copy.write([](WriteTransaction& transaction) {
            AreaRepository::save(transaction, {AreaId{"prepared"}, "huyện", std::nullopt, std::nullopt, std::nullopt});
        });
        std::ofstream{OfficeState{folder}.auditHeads()} << "new heads\n";
    };
    const auto restored = restoreBackup(made.folder, office.state, Existing::putAside, office.now, silent, prepare);
    CHECK(bytesOf(heads) == "new heads\n");
    REQUIRE(restored.oldHeads);
    CHECK(restored.oldHeads->filename().string().starts_with("audit-heads-before-restore-"));
    CHECK(bytesOf(*restored.oldHeads) == "old heads\n");
    office.database = std::make_unique<Database>(office.state / "loa.db", office.now);
    CHECK(office.areaCount() == 2);
    CHECK(verifyBackup(made.folder, silent) == made.inventory);
}

TEST_CASE("restore: where preparing the copy fails the office of before is untouched") {
    BackupCase office;
    const auto made = office.backUp();
    office.addArea("later");
    const auto fail = [](const std::filesystem::path&, const Inventory&) {
        throw Error{Fault::unavailable, "no-heads", {"x", "x"}};
    };
    CHECK(errorCode([&] { restoreBackup(made.folder, office.state, Existing::putAside, office.now, silent, fail); }) ==
          "no-heads");
    CHECK(office.areaCount() == 2);
}
