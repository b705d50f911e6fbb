// Brings a database from whatever released shape it has to this program's. Runs once, while Database is being built,
// before anybody else sees the connection. A kill between any two steps leaves a database that the next start
// completes.
#include "scheduler/storage/migrations.h"

#include <string>

#include "scheduler/domain/error.h"
#include "scheduler/domain/kill_point.h"
#include "scheduler/storage/connection.h"

namespace loa {
namespace {

/// One at a time, since not every database takes several in one text.
void executeEach(Connection& connection, std::string_view sql) {
    while (!sql.empty()) {
        const auto end = sql.find(";\n");
        connection.executeOnce(std::string{sql.substr(0, end)});
        killPoint("storage.migration");
        sql.remove_prefix(end == std::string_view::npos ? sql.size() : end + 2);
    }
}

int appliedVersion(Connection& connection) {
    return std::get<0>(connection.select<std::optional<int>>("SELECT MAX(version) FROM schema_migration").at(0))
        .value_or(0);
}

void apply(Connection& connection, const Migration& migration, Instant now) {
    executeEach(connection, migration.sql);
    connection.execute("INSERT INTO schema_migration (version, name, applied) VALUES ($1, $2, $3)", migration.version,
                       migration.name, now);
}

}  // namespace

void migrate(Connection& connection, Instant now, std::span<const Migration> known) {
    connection.executeOnce(
        "CREATE TABLE IF NOT EXISTS schema_migration ("
        "version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied BIGINT NOT NULL)");
    killPoint("storage.migration");
    for (;;) {
        Connection::Transaction transaction{connection};
        const auto version = static_cast<std::size_t>(appliedVersion(connection));
        if (version > known.size())
            throw Error(Fault::conflict, "database-newer",
                        {"Cơ sở dữ liệu do bản Loa mới hơn ghi. Cài lại bản mới đó rồi chạy.",
                         "A newer Loa wrote this database. Install that version again and start it."});
        if (version == known.size()) return;
        apply(connection, known[version], now);
        transaction.commit();
        killPoint("storage.migration");
    }
}

}  // namespace loa
