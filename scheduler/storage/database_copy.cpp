// Copies by SQLite's online backup, page by page inside one read transaction: that is one instant, writers go on beside
// it (their log grows meanwhile, database.h says how far), and the progress is known. VACUUM INTO would do the same
// slower, without a word until its end, and would not keep a damaged page for examineDatabase to find.
#include "scheduler/storage/database_copy.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <memory>

#include "scheduler/domain/descriptor.h"
#include "scheduler/domain/error.h"
#include "scheduler/storage/migrations.h"

namespace loa {
namespace {

struct Close {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    void operator()(sqlite3_backup* copying) const { sqlite3_backup_finish(copying); }
};
using Handle = std::unique_ptr<sqlite3, Close>;

[[noreturn]] void cannotCopy(const std::filesystem::path& file, const std::string& why) {
    throw Error{Fault::unavailable,
                "database-not-copied",
                {"Không sao chép được cơ sở dữ liệu " + file.string() + ". Kiểm tra ổ đĩa và quyền đọc ghi.",
                 "cannot copy the database " + file.string() + ": " + why}};
}

[[noreturn]] void damaged(const std::filesystem::path& file, const std::string& what) {
    throw Error{Fault::invalid,
                "database-damaged",
                {"Cơ sở dữ liệu trong " + file.string() + " bị hỏng. Dùng bản sao lưu khác.",
                 "the database " + file.string() + " is damaged: " + what}};
}

Handle opened(const std::filesystem::path& file, int flags) {
    sqlite3* database = nullptr;
    const int result = sqlite3_open_v2(file.c_str(), &database, flags, nullptr);
    Handle handle{database};
    if (result != SQLITE_OK) cannotCopy(file, sqlite3_errstr(result));
    constexpr int patienceMilliseconds = 5000;
    sqlite3_busy_timeout(handle.get(), patienceMilliseconds);
    return handle;
}

using Row = std::function<void(sqlite3_stmt*)>;

/// Runs one statement; SQLite's result code.
int run(sqlite3* database, const std::string& sql, const Row& row = {}) {
    sqlite3_stmt* made = nullptr;
    int result = sqlite3_prepare_v2(database, sql.c_str(), -1, &made, nullptr);
    const std::unique_ptr<sqlite3_stmt, Close> statement{made};
    if (result != SQLITE_OK) return result;
    while ((result = sqlite3_step(made)) == SQLITE_ROW)
        if (row) row(made);
    return result == SQLITE_DONE ? SQLITE_OK : result;
}

std::string textOf(sqlite3_stmt* statement, int column) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
    return text ? text : "";
}

std::int64_t numberFrom(sqlite3* database, const std::filesystem::path& file, const std::string& sql) {
    std::int64_t number = 0;
    const int result =
        run(database, sql, [&](sqlite3_stmt* statement) { number = sqlite3_column_int64(statement, 0); });
    if (result != SQLITE_OK) damaged(file, sqlite3_errmsg(database));
    return number;
}

std::int64_t bytesOf(sqlite3* database, const std::filesystem::path& file) {
    return numberFrom(database, file, "PRAGMA page_count") * numberFrom(database, file, "PRAGMA page_size");
}

void makeOwnersAlone(const std::filesystem::path& file) {
    const Descriptor made{open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
    if (!made.valid()) cannotCopy(file, "it cannot be made");
}

}  // namespace

std::int64_t databaseBytes(const std::filesystem::path& file) {
    const auto source = opened(file, SQLITE_OPEN_READWRITE);
    return bytesOf(source.get(), file);
}

void copyDatabase(const std::filesystem::path& from, const std::filesystem::path& to, const CopyProgress& tell) {
    constexpr int pagesAtOnce = 256;
    makeOwnersAlone(to);
    const auto source = opened(from, SQLITE_OPEN_READWRITE);  // its log is in memory that readers write to, too
    const auto target = opened(to, SQLITE_OPEN_READWRITE);
    // The transaction begins with the first read, and holds what it saw until it ends.
    if (run(source.get(), "BEGIN") != SQLITE_OK || run(source.get(), "SELECT COUNT(*) FROM sqlite_master") != SQLITE_OK)
        cannotCopy(from, sqlite3_errmsg(source.get()));
    std::unique_ptr<sqlite3_backup, Close> copying{sqlite3_backup_init(target.get(), "main", source.get(), "main")};
    if (!copying) cannotCopy(to, sqlite3_errmsg(target.get()));
    const auto pageBytes = numberFrom(source.get(), from, "PRAGMA page_size");
    for (int result = SQLITE_OK; result != SQLITE_DONE;) {
        result = sqlite3_backup_step(copying.get(), pagesAtOnce);
        if (result != SQLITE_OK && result != SQLITE_DONE) cannotCopy(to, sqlite3_errstr(result));
        const auto all = sqlite3_backup_pagecount(copying.get());
        tell((all - sqlite3_backup_remaining(copying.get())) * pageBytes, all * pageBytes);
    }
    copying.reset();
    run(source.get(), "COMMIT");
    if (run(target.get(), "PRAGMA journal_mode=DELETE") != SQLITE_OK) cannotCopy(to, sqlite3_errmsg(target.get()));
    const Descriptor file{open(to.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!file.valid() || fsync(file.get()) != 0) cannotCopy(to, "it cannot be synced");
}

DatabaseContents examineDatabase(const std::filesystem::path& file) {
    const auto database = opened(file, SQLITE_OPEN_READONLY);
    std::string finding;
    const auto note = [&](sqlite3_stmt* statement) {
        if (finding.empty()) finding = textOf(statement, 0);
    };
    if (run(database.get(), "PRAGMA integrity_check(1)", note) != SQLITE_OK)
        damaged(file, sqlite3_errmsg(database.get()));
    if (finding != "ok") damaged(file, finding);
    finding.clear();
    if (run(database.get(), "PRAGMA foreign_key_check", note) != SQLITE_OK)
        damaged(file, sqlite3_errmsg(database.get()));
    if (!finding.empty()) damaged(file, "a row of " + finding + " refers to one that is not there");

    DatabaseContents contents;
    const int listed = run(database.get(), "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name",
                           [&](sqlite3_stmt* statement) { contents.rows[textOf(statement, 0)] = 0; });
    if (listed != SQLITE_OK) damaged(file, sqlite3_errmsg(database.get()));
    for (auto& [table, count] : contents.rows)
        count = numberFrom(database.get(), file, "SELECT COUNT(*) FROM \"" + table + '"');
    contents.version =
        static_cast<int>(numberFrom(database.get(), file, "SELECT COALESCE(MAX(version), 0) FROM schema_migration"));
    if (contents.version > static_cast<int>(migrations().size()))
        throw Error(Fault::conflict, "database-newer",
                    {"Cơ sở dữ liệu do bản Loa mới hơn ghi. Cài lại bản mới đó rồi chạy.",
                     "A newer Loa wrote this database. Install that version again and start it."});
    return contents;
}

std::vector<MediaFiles> mediaFilesIn(const std::filesystem::path& file) {
    const auto database = opened(file, SQLITE_OPEN_READONLY);
    std::vector<MediaFiles> all;
    const int result =
        run(database.get(), "SELECT id, original_sha256, title FROM media ORDER BY id", [&](sqlite3_stmt* statement) {
            all.push_back({MediaId{textOf(statement, 0)}, MediaId{textOf(statement, 1)}, textOf(statement, 2)});
        });
    if (result != SQLITE_OK) damaged(file, sqlite3_errmsg(database.get()));
    return all;
}

}  // namespace loa
