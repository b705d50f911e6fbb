#include "scheduler/storage/database_copy.h"

#include <fstream>

#include "scheduler/storage/area_repository.h"
#include "scheduler/storage/connection.h"
#include "scheduler/storage/migrations.h"
#include "tests/scheduler/storage/backend.h"

using namespace loa;
using namespace loa::test;

namespace {

void nobodyWatches(std::int64_t, std::int64_t) {}

}  // namespace

TEST_CASE("database copy: it has what only the log had, and is one file") {
    Sqlite backend;
    backend.database().write([](WriteTransaction& transaction) {
        AreaRepository::save(transaction, {AreaId{"tan-hue"}, "xã", std::nullopt, std::nullopt, std::nullopt});
    });
    const auto copy = backend.folder.path() / "copy.db";
    std::int64_t told = 0;
    copyDatabase(backend.folder.path() / "loa.db", copy, [&](std::int64_t done, std::int64_t all) {
        CHECK(done <= all);
        told = done;
    });
    CHECK(told == static_cast<std::int64_t>(std::filesystem::file_size(copy)));
    CHECK(told == databaseBytes(backend.folder.path() / "loa.db"));
    const auto contents = examineDatabase(copy);
    CHECK(contents.rows.at("area") == 1);
    CHECK(contents.version == static_cast<int>(migrations().size()));
    CHECK_FALSE(std::filesystem::exists(copy.string() + "-wal"));
    CHECK_FALSE(std::filesystem::exists(copy.string() + "-journal"));
    CHECK(errorCode([&] { copyDatabase(backend.folder.path() / "loa.db", copy, nobodyWatches); }) ==
          "database-not-copied");
}

TEST_CASE("database copy: pages or references that do not fit together, and a newer program's shape, are found") {
    Sqlite backend;
    const auto file = backend.folder.path() / "loa.db";
    const auto copyAfter = [&](const std::string& sql) {
        Connection connection{file, Connection::Access::write, Durability::full};
        connection.executeOnce("PRAGMA foreign_keys=0");
        connection.executeOnce(sql);
        const auto copy = backend.folder.path() / "copy.db";
        std::filesystem::remove(copy);
        copyDatabase(file, copy, nobodyWatches);
        return copy;
    };
    const auto good = copyAfter("UPDATE heartbeat SET beat = 1");
    CHECK(errorCode([&] { examineDatabase(good); }) == "");
    {
        std::fstream stream{good, std::ios::binary | std::ios::in | std::ios::out};
        stream.seekp(3 * 4096);
        stream << std::string(4096, '\x7f');
    }
    CHECK(errorCode([&] { examineDatabase(good); }) == "database-damaged");
    CHECK(errorCode([&] {
              examineDatabase(copyAfter("INSERT INTO station (id, name, area, zone) VALUES ('s', 's', 'none', 'UTC')"));
          }) == "database-damaged");
    CHECK(errorCode([&] { examineDatabase(copyAfter("DELETE FROM station WHERE id = 's'")); }) == "");
    CHECK(errorCode([&] {
              examineDatabase(copyAfter("INSERT INTO schema_migration (version, name, applied) VALUES (99, 'x', 0)"));
          }) == "database-newer");
}
