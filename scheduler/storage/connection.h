#pragma once
#include <Poco/Data/Session.h>

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "scheduler/storage/columns.h"
#include "scheduler/storage/database.h"

struct sqlite3;
struct sqlite3_stmt;

namespace loa {

/// One text of SQL (parameters $1 to $n, each once, ascending), prepared once and run often. Not through Poco, which
/// prepares anew each time it runs. Positions count from 0. Throws Poco's exceptions of the database.
class PreparedStatement {
public:
    PreparedStatement(sqlite3* database, const std::string& sql);
    ~PreparedStatement();
    PreparedStatement(const PreparedStatement&) = delete;
    PreparedStatement& operator=(const PreparedStatement&) = delete;

    void bind(int position, std::int64_t value);
    void bind(int position, double value);
    void bind(int position, std::string_view value);  ///< copied
    void bindNull(int position);

    /// On to the next row; false behind the last one.
    bool step();
    /// Back to before its first row; what was bound is forgotten.
    void rewind() noexcept;

    bool isNull(int column) const;
    bool isInteger(int column) const;
    bool isText(int column) const;
    std::int64_t integer(int column) const;
    double real(int column) const;
    std::string text(int column) const;

private:
    void check(int result) const;

    sqlite3* database_;
    sqlite3_stmt* statement_ = nullptr;
};

/// One session with the database and the statements prepared on it. One thread at a time.
class Connection {
public:
    enum class Access { read, write };

    Connection(const std::filesystem::path& file, Access access, Durability durability);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// All rows of a query, prepared at its first use.
    template <class... Columns, class... Values>
    std::vector<std::tuple<Columns...>> select(const std::string& sql, const Values&... values) {
        const Run run{prepared(sql), values...};
        std::vector<std::tuple<Columns...>> rows;
        while (run.statement.step())
            rows.push_back(row<Columns...>(run.statement, std::index_sequence_for<Columns...>{}));
        return rows;
    }

    /// Runs what gives no rows, prepared at its first use; the number of rows an INSERT, UPDATE or DELETE changed.
    template <class... Values>
    std::size_t execute(const std::string& sql, const Values&... values) {
        const Run run{prepared(sql), values...};
        while (run.statement.step()) continue;
        return changed();
    }

    /// The same without keeping it prepared: DDL, settings.
    void executeOnce(const std::string& sql);

    /// The texts of a table's triggers, as they stand in the file.
    std::set<std::string> triggersOf(const std::string& table);

    /// As Database::changes(); of a session that writes. From any thread.
    std::int64_t changes() const { return *lastCommit_; }

    /// How long it waits for another session from now on; then Poco's DBLockedException.
    void waitAtMost(Milliseconds patience);
    /// Pages the write-ahead log had after this session's last commit.
    int logPages() const { return logPages_; }
    /// Brings the log into the database, so that the next write begins it anew. Waits for those who read what only the
    /// log has; false when they did not end.
    bool emptyLog();

    class Transaction;

private:
    /// A statement while it runs.
    struct Run {
        template <class... Values>
        explicit Run(PreparedStatement& prepared, const Values&... values) : statement{prepared} {
            int position = 0;
            (bindColumn(prepared, position++, values), ...);
        }
        ~Run() { statement.rewind(); }
        Run(const Run&) = delete;
        Run& operator=(const Run&) = delete;
        PreparedStatement& statement;
    };

    template <class... Columns, std::size_t... positions>
    static std::tuple<Columns...> row(const PreparedStatement& statement, std::index_sequence<positions...>) {
        return std::tuple<Columns...>{ReadColumn<Columns>::from(statement, static_cast<int>(positions))...};
    }

    PreparedStatement& prepared(const std::string& sql);
    std::size_t changed() const;
    static int noteCommit(void* connection, sqlite3* database, const char* name, int pages);

    Poco::Data::Session session_;
    sqlite3* database_;                                  ///< session_'s
    const volatile std::int64_t* lastCommit_ = nullptr;  ///< in shared memory; none in a session that reads
    int logPages_ = 0;
    std::unordered_map<std::string, PreparedStatement> kept_;
};

/// Begun when made, rolled back when it goes without a commit: also when the work in it throws.
class Connection::Transaction {
public:
    explicit Transaction(Connection& connection, const char* begin = "BEGIN IMMEDIATE");
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

private:
    Connection& connection_;
    bool done_ = false;
};

}  // namespace loa
