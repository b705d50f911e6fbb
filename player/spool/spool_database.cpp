// SQLite through Poco, with its traps closed: one session of its own (never pooled), BEGIN IMMEDIATE by hand behind a
// guard, WAL with synchronous=FULL so that what was written survives a power cut. Runs on the spool's owner thread.
#include "player/spool/spool_database.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/SQLite/SQLiteException.h>
#include <Poco/Data/Statement.h>

#include "player/spool/migrations.h"

namespace loa {
namespace {

using namespace Poco::Data::Keywords;

[[noreturn]] void failed(const std::string& what) {
    throw Error(
        Fault::unavailable, "spool-failed",
        {"Không ghi hoặc đọc được kho dữ liệu của trạm: " + what + ". Kiểm tra thẻ nhớ còn chỗ và còn tốt không.",
         "the station's store cannot be read or written: " + what});
}

int lockBeside(const std::filesystem::path& file) {
    std::error_code ignored;  // the open below says what is wrong
    std::filesystem::create_directories(file.parent_path(), ignored);
    const auto path = file.string() + ".lock";
    const int lock = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0) failed("cannot open " + path);
    if (flock(lock, LOCK_EX | LOCK_NB) == 0) return lock;
    close(lock);
    throw Error(Fault::conflict, "spool-busy",
                {"Một loa-player khác đang dùng " + file.string() + ". Dừng nó, hoặc chọn stateDirectory khác.",
                 "another loa-player is using " + file.string() + "; stop it, or choose another stateDirectory"});
}

/// Rolls back unless it was told to commit.
class Guard {
public:
    explicit Guard(Poco::Data::Session& session) : session_{session} { session_ << "BEGIN IMMEDIATE", now; }
    ~Guard() {
        if (committed_) return;
        try {
            session_ << "ROLLBACK", now;
        } catch (const Poco::Exception&) {
            // SQLite has rolled back by itself (disk full, I/O error).
        }
    }
    void commit() {
        session_ << "COMMIT", now;
        committed_ = true;
    }

private:
    Poco::Data::Session& session_;
    bool committed_ = false;
};

}  // namespace

SpoolDatabase::SpoolDatabase(const std::filesystem::path& file) : lock_{lockBeside(file)} {
    try {
        Poco::Data::SQLite::Connector::registerConnector();
        session_ = std::make_unique<Poco::Data::Session>("SQLite", file.string());
        std::string mode;
        *session_ << "PRAGMA journal_mode = WAL", into(mode), now;
        *session_ << "PRAGMA synchronous = FULL", now;
        *session_ << "PRAGMA foreign_keys = ON", now;
        if (mode != "wal") failed("no write-ahead log on this file system");
        migrate();
    } catch (const Poco::Exception& fault) {
        close(lock_);
        failed(fault.displayText());
    } catch (...) {
        close(lock_);
        throw;
    }
}

SpoolDatabase::~SpoolDatabase() {
    session_.reset();
    close(lock_);
}

void SpoolDatabase::migrate() {
    int version = 0;
    *session_ << "PRAGMA user_version", into(version), now;
    const auto migrations = spoolMigrations();
    if (version > static_cast<int>(migrations.size()))
        throw Error(Fault::conflict, "spool-too-new",
                    {"Kho dữ liệu của trạm do một phiên bản loa-player mới hơn tạo ra. Cài phiên bản đó.",
                     "the station's store was made by a newer loa-player; install that one"});
    for (auto next = static_cast<std::size_t>(version); next < migrations.size(); ++next)
        write([&](Poco::Data::Session& session) {
            std::string_view rest = migrations[next];
            while (!rest.empty()) {
                const auto end = rest.find(';');
                session << std::string{rest.substr(0, end)}, now;
                rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
            }
            session << "PRAGMA user_version = " + std::to_string(next + 1), now;
        });
}

void SpoolDatabase::write(const std::function<void(Poco::Data::Session&)>& work) {
    try {
        Guard guard{*session_};
        work(*session_);
        guard.commit();
    } catch (const Poco::Data::SQLite::ConstraintViolationException& fault) {
        throw Error(Fault::conflict, "row-exists",
                    {"Kho dữ liệu của trạm đã có dòng này.", "the store has that row: " + fault.displayText()});
    } catch (const Poco::Exception& fault) {
        failed(fault.displayText());
    }
}

void SpoolDatabase::read(const std::function<void(Poco::Data::Session&)>& work) {
    try {
        work(*session_);
    } catch (const Poco::Exception& fault) {
        failed(fault.displayText());
    }
}

}  // namespace loa
