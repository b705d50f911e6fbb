#include "scheduler/storage/database.h"

#include <sys/stat.h>

#include <fstream>
#include <set>
#include <thread>

#include "scheduler/storage/area_repository.h"
#include "scheduler/storage/plan_version.h"
#include "tests/scheduler/storage/backend.h"

using namespace loa;
using namespace loa::test;

namespace {

Area area(const std::string& id) {
    return {AreaId{id}, "xã " + id, std::nullopt, std::nullopt, std::nullopt};
}

std::size_t areaCount(Database& database) {
    return database.read([](ReadTransaction& transaction) { return AreaRepository::all(transaction).size(); });
}

}  // namespace

TEST_CASE_TEMPLATE("database: a write that throws leaves nothing behind, and the next one works", Backend, Sqlite) {
    Backend backend;
    CHECK_THROWS_AS(backend.database().write([](WriteTransaction& transaction) {
        AreaRepository::save(transaction, area("an-phong"));
        throw std::runtime_error{"interrupted"};
    }),
                    std::runtime_error);
    CHECK(areaCount(backend.database()) == 0);
    backend.database().write([](WriteTransaction& transaction) { AreaRepository::save(transaction, area("tan-hue")); });
    CHECK(areaCount(backend.database()) == 1);
}

TEST_CASE_TEMPLATE("database: a reader sees one state throughout, whatever is written meanwhile", Backend, Sqlite) {
    Backend backend;
    backend.database().read([&](ReadTransaction& reading) {
        CHECK(AreaRepository::all(reading).empty());
        backend.database().write([](WriteTransaction& writing) { AreaRepository::save(writing, area("an-phong")); });
        CHECK(AreaRepository::all(reading).empty());
    });
    CHECK(areaCount(backend.database()) == 1);
}

TEST_CASE_TEMPLATE("database: a write sees what it has written itself", Backend, Sqlite) {
    Backend backend;
    const auto seen = backend.database().write([](WriteTransaction& transaction) {
        AreaRepository::save(transaction, area("an-phong"));
        return AreaRepository::all(transaction).size();
    });
    CHECK(seen == 1);
}

TEST_CASE_TEMPLATE("database: what was committed is there after opening again", Backend, Sqlite) {
    Backend backend;
    backend.database().write([](WriteTransaction& transaction) { AreaRepository::save(transaction, area("phu-loi")); });
    backend.reopen();
    CHECK(areaCount(backend.database()) == 1);
}

TEST_CASE_TEMPLATE("database: many threads that read and then write lose no update and meet no lock", Backend, Sqlite) {
    Backend backend;
    constexpr int threadsCount = 4;
    constexpr int writesCount = 100;
    std::vector<std::thread> threads;
    for (int i = 0; i < threadsCount; ++i)
        threads.emplace_back([&] {
            for (int n = 0; n < writesCount; ++n) {
                backend.database().write([](WriteTransaction& transaction) { PlanVersion::bump(transaction); });
                backend.database().read([](ReadTransaction& transaction) { PlanVersion::current(transaction); });
            }
        });
    for (auto& thread : threads) thread.join();
    CHECK(backend.database().read([](ReadTransaction& transaction) { return PlanVersion::current(transaction); }) ==
          threadsCount * writesCount);
}

TEST_CASE_TEMPLATE("database: a write inside a write is a fault of the program and is told at once", Backend, Sqlite) {
    Backend backend;
    CHECK_THROWS_AS(
        backend.database().write([&](WriteTransaction&) { backend.database().write([](WriteTransaction&) {}); }),
        std::logic_error);
    backend.database().write([](WriteTransaction& transaction) { PlanVersion::bump(transaction); });
}

TEST_CASE("database: the file is its owner's alone, since it holds the hashes of tokens") {
    Sqlite backend;
    for (const auto& entry : std::filesystem::directory_iterator{backend.folder.path()}) {
        struct stat status {};
        REQUIRE(stat(entry.path().c_str(), &status) == 0);
        CHECK((status.st_mode & 077) == 0);
    }
}

TEST_CASE("database: a place that cannot be written and a file that is no database are refused") {
    test::TemporaryDirectory folder;
    CHECK(errorCode([&] { Database{folder.path() / "no" / "loa.db", atNoon}; }) == "database-unavailable");
    std::ofstream{folder.path() / "text.db"} << std::string(5000, 'x');
    CHECK(errorCode([&] { Database{folder.path() / "text.db", atNoon}; }) == "database-unavailable");
}

TEST_CASE("database: one that SQLite keeps without a write-ahead log is refused") {
    test::TemporaryDirectory folder;
    const auto before = std::filesystem::current_path();
    std::filesystem::current_path(folder.path());
    CHECK(errorCode([] { Database{":memory:", atNoon}; }) == "database-unavailable");
    std::filesystem::current_path(before);
}

TEST_CASE("database: changes differ after every commit, of another session too, and only then") {
    test::TemporaryDirectory folder;
    const auto file = folder.path() / "loa.db";
    Database database{file, atNoon};
    const auto bump = [](WriteTransaction& transaction) { PlanVersion::bump(transaction); };
    const auto atFirst = database.changes();
    database.read([](ReadTransaction& transaction) { PlanVersion::current(transaction); });
    database.tryOut(bump);
    CHECK(database.changes() == atFirst);
    std::set<std::int64_t> seen{atFirst};
    for (int i = 0; i < 100; ++i) {
        database.write(bump);
        CHECK(seen.insert(database.changes()).second);
    }
    Database other{file, atNoon};
    const auto before = database.changes();
    other.write(bump);
    CHECK(database.changes() != before);
    CHECK(database.changes() == other.changes());
}
