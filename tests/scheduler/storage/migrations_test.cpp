#include "scheduler/storage/migrations.h"

#include "scheduler/storage/connection.h"
#include "tests/scheduler/storage/backend.h"

using namespace loa;
using namespace loa::test;

namespace {

std::vector<std::tuple<int, std::string, Instant>> applied(Connection& connection) {
    return connection.select<int, std::string, Instant>(
        "SELECT version, name, applied FROM schema_migration ORDER BY version");
}

}  // namespace

TEST_CASE("migrations: they are numbered from 1 without a gap, and each is taken once, with its time") {
    int expected = 1;
    for (const Migration& migration : migrations()) CHECK(migration.version == expected++);
    test::TemporaryDirectory folder;
    const auto file = folder.path() / "loa.db";
    { Database{file, atNoon}; }
    { Database{file, atNoon + std::chrono::hours{1}}; }
    Connection connection{file, Connection::Access::read, Durability::full};
    const auto rows = applied(connection);
    REQUIRE(rows.size() == migrations().size());
    CHECK(std::get<1>(rows[0]) == "places");
    for (const auto& row : rows) CHECK(std::get<2>(row) == atNoon);
}

TEST_CASE("migrations: a database that a newer program wrote is refused and left as it is") {
    test::TemporaryDirectory folder;
    const auto file = folder.path() / "loa.db";
    { Database{file, atNoon}; }
    {
        Connection connection{file, Connection::Access::write, Durability::full};
        connection.executeOnce("INSERT INTO schema_migration (version, name, applied) VALUES (99, 'later', 0)");
    }
    CHECK(errorCode([&] { Database{file, atNoon}; }) == "database-newer");
}

TEST_CASE("migrations: a database of any earlier version is brought up to date") {
    for (std::size_t from = 0; from < migrations().size(); ++from) {
        CAPTURE(from);
        test::TemporaryDirectory folder;
        const auto file = folder.path() / "loa.db";
        {
            Connection connection{file, Connection::Access::write, Durability::full};
            migrate(connection, atNoon, migrations().first(from));
            CHECK(applied(connection).size() == from);
        }
        { Database{file, atNoon}; }
        Connection connection{file, Connection::Access::read, Durability::full};
        CHECK(applied(connection).size() == migrations().size());
    }
}
