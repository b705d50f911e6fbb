// One SQLite session through Poco::Data, set up for durability. All that is SQLite's own (PRAGMAs, the open file) is in
// this file. Runs on whatever thread holds the connection; never shares a statement with another session.
#include "scheduler/storage/connection.h"

#include <Poco/Data/SQLite/Connector.h>

namespace loa {
namespace {

Poco::Data::Session open(const std::filesystem::path& file) {
    static const bool registered = (Poco::Data::SQLite::Connector::registerConnector(), true);
    static_cast<void>(registered);
    return Poco::Data::Session{Poco::Data::SQLite::Connector::KEY, file.string()};
}

const char* pragmaFor(Durability durability) {
    switch (durability) {
        case Durability::full:
            return "PRAGMA synchronous=FULL";
        case Durability::normal:
            return "PRAGMA synchronous=NORMAL";
        case Durability::off:
            return "PRAGMA synchronous=OFF";
    }
    return "";
}

}  // namespace

Connection::Connection(const std::filesystem::path& file, Access access, Durability durability) : session_{open(file)} {
    executeOnce("PRAGMA busy_timeout=5000");
    executeOnce("PRAGMA foreign_keys=1");
    executeOnce(pragmaFor(durability));
    if (access == Access::read) {
        executeOnce("PRAGMA query_only=1");
        return;
    }
    executeOnce("PRAGMA journal_mode=WAL");
    executeOnce("PRAGMA wal_autocheckpoint=1000");
    executeOnce("PRAGMA journal_size_limit=67108864");
}

void Connection::execute(const std::string& sql) {
    run<RowOf<>>(sql, ParametersOf<>{}, [](auto&, std::size_t) {});
}

void Connection::executeOnce(const std::string& sql) {
    session_ << sql, Poco::Data::Keywords::now;
}

Connection::Transaction::Transaction(Connection& connection, const char* begin) : connection_{connection} {
    connection_.execute(begin);
}

Connection::Transaction::~Transaction() {
    if (done_) return;
    try {
        connection_.execute("ROLLBACK");
    } catch (const Poco::Exception&) {
        // SQLite has rolled back by itself, as it does when the disk is full.
    }
}

void Connection::Transaction::commit() {
    connection_.execute("COMMIT");
    done_ = true;
}

}  // namespace loa
