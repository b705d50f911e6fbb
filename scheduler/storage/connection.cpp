// One SQLite session, opened by Poco::Data and set up for durability; statements are run by SQLite itself. All that is
// SQLite's own (PRAGMAs, the open file, stepping) is in this file. Runs on whatever thread holds the connection; never
// shares a statement with another session.
#include "scheduler/storage/connection.h"

#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/SQLite/SQLiteException.h>
#include <Poco/Data/SQLite/Utility.h>
#include <sqlite3.h>

namespace loa {
namespace {

using Poco::Data::SQLite::Utility;

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

/// The checksum in the head of the log's index, which lies in memory that all processes share: each commit renews it,
/// over how many pages the log has and what is in the last (https://sqlite.org/walformat.html, 2.1). It stays mapped as
/// long as the session. Asking SQLite ("PRAGMA data_version") would lock and unlock a file each time.
const volatile std::int64_t* lastCommitIn(sqlite3* database) {
    constexpr int regionBytes = 32 * 1024;
    constexpr std::size_t checksumAt = 40 / sizeof(std::int64_t);
    sqlite3_file* file = nullptr;
    volatile void* index = nullptr;
    sqlite3_file_control(database, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    const auto* methods = file ? file->pMethods : nullptr;
    const bool shared = methods && methods->iVersion >= 2 && methods->xShmMap;  // not in memory, for one
    if (!shared || methods->xShmMap(file, 0, regionBytes, 0, &index) != SQLITE_OK || index == nullptr)
        throw Poco::Data::SQLite::CantOpenDBFileException{"the database has no write-ahead log"};
    return static_cast<const volatile std::int64_t*>(index) + checksumAt;
}

}  // namespace

PreparedStatement::PreparedStatement(sqlite3* database, const std::string& sql) : database_{database} {
    const int result = sqlite3_prepare_v3(database, sql.c_str(), static_cast<int>(sql.size()),
                                          SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
    if (result != SQLITE_OK) Utility::throwException(database, result, sql);
}

PreparedStatement::~PreparedStatement() {
    sqlite3_finalize(statement_);
}

void PreparedStatement::bind(int position, std::int64_t value) {
    check(sqlite3_bind_int64(statement_, position + 1, value));
}

void PreparedStatement::bind(int position, double value) {
    check(sqlite3_bind_double(statement_, position + 1, value));
}

void PreparedStatement::bind(int position, std::string_view value) {
    const char* text = value.data() ? value.data() : "";  // without a pointer it would be NULL
    check(sqlite3_bind_text64(statement_, position + 1, text, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void PreparedStatement::bindNull(int position) {
    check(sqlite3_bind_null(statement_, position + 1));
}

bool PreparedStatement::step() {
    const int result = sqlite3_step(statement_);
    if (result == SQLITE_ROW) return true;
    if (result != SQLITE_DONE) check(result);
    return false;
}

void PreparedStatement::rewind() noexcept {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

bool PreparedStatement::isNull(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

bool PreparedStatement::isInteger(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_INTEGER;
}

bool PreparedStatement::isText(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_TEXT;
}

std::int64_t PreparedStatement::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

double PreparedStatement::real(int column) const {
    return sqlite3_column_double(statement_, column);
}

std::string PreparedStatement::text(int column) const {
    const void* bytes = sqlite3_column_blob(statement_, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return {static_cast<const char*>(bytes), size};
}

void PreparedStatement::check(int result) const {
    if (result != SQLITE_OK) Utility::throwException(database_, result, sqlite3_sql(statement_));
}

Connection::Connection(const std::filesystem::path& file, Access access, Durability durability)
    : session_{open(file)}, database_{Utility::dbHandle(session_)} {
    executeOnce("PRAGMA busy_timeout=5000");
    executeOnce("PRAGMA foreign_keys=1");
    executeOnce(pragmaFor(durability));
    if (access == Access::read) {
        executeOnce("PRAGMA query_only=1");
        return;
    }
    executeOnce("PRAGMA journal_mode=WAL");
    sqlite3_wal_hook(database_, noteCommit, this);
    executeOnce("PRAGMA journal_size_limit=67108864");
    executeOnce("PRAGMA schema_version");  // reads, so that there is an index
    lastCommit_ = lastCommitIn(database_);
}

/// In place of SQLite's own automatic checkpoint, which would take this hook's place.
int Connection::noteCommit(void* connection, sqlite3* database, const char* name, int pages) {
    constexpr int enough = 4000;  // a rule for a year writes some hundred
    static_cast<Connection*>(connection)->logPages_ = pages;
    if (pages >= enough) sqlite3_wal_checkpoint_v2(database, name, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    return SQLITE_OK;  // what was committed is durable, whatever became of the checkpoint
}

void Connection::waitAtMost(Milliseconds patience) {
    sqlite3_busy_timeout(database_, static_cast<int>(patience.count()));
}

bool Connection::emptyLog() {
    const int result = sqlite3_wal_checkpoint_v2(database_, nullptr, SQLITE_CHECKPOINT_RESTART, nullptr, nullptr);
    if (result == SQLITE_BUSY) return false;
    if (result != SQLITE_OK) Utility::throwException(database_, result, "checkpoint");
    logPages_ = 0;
    return true;
}

void Connection::executeOnce(const std::string& sql) {
    PreparedStatement statement{database_, sql};
    while (statement.step()) continue;
}

std::set<std::string> Connection::triggersOf(const std::string& table) {
    std::set<std::string> texts;
    for (auto& [text] : select<std::string>(
             "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = $1 COLLATE NOCASE", table))
        texts.insert(std::move(text));
    return texts;
}

PreparedStatement& Connection::prepared(const std::string& sql) {
    return kept_.try_emplace(sql, database_, sql).first->second;
}

std::size_t Connection::changed() const {
    return static_cast<std::size_t>(sqlite3_changes(database_));
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
