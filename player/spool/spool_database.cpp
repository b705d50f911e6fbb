// SQLite through Poco, with its traps closed: one session of its own (never pooled), BEGIN IMMEDIATE by hand behind a
// guard, WAL with synchronous=FULL so that what was written survives a power cut. Runs on the spool's owner thread.
#include "player/spool/spool_database.h"

#include <fcntl.h>
#include <sys/file.h>

#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/SQLite/SQLiteException.h>
#include <Poco/Data/Statement.h>

#include "player/spool/broken_store.h"
#include "player/spool/migrations.h"

namespace loa {
namespace {

using namespace Poco::Data::Keywords;

using Poco::Data::SQLite::CorruptImageException;

Descriptor lockBeside(const std::filesystem::path& file) {
    std::error_code ignored;  // the open below says what is wrong
    std::filesystem::create_directories(file.parent_path(), ignored);
    const auto path = file.string() + ".lock";
    Descriptor lock{::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
    if (!lock.valid()) spoolFailed("cannot open " + path);
    if (flock(lock.get(), LOCK_EX | LOCK_NB) == 0) return lock;
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

void spoolFailed(const std::string& what) {
    throw Error(
        Fault::unavailable, "spool-failed",
        {"Không ghi hoặc đọc được kho dữ liệu của trạm: " + what + ". Kiểm tra thẻ nhớ còn chỗ và còn tốt không.",
         "the station's store cannot be read or written: " + what});
}

SpoolDatabase::SpoolDatabase(const std::filesystem::path& file, Instant time) : lock_{lockBeside(file)} {
    Poco::Data::SQLite::Connector::registerConnector();
    try {
        try {
            open(file);
        } catch (const CorruptImageException&) {
            session_.reset();
            putAside(file, time);
            open(file);
        }
    } catch (const Poco::Exception& fault) {
        spoolFailed(fault.displayText());
    }
}

void SpoolDatabase::open(const std::filesystem::path& file) {
    broken_ = false;
    session_ = std::make_unique<Poco::Data::Session>("SQLite", file.string());
    std::string mode;
    *session_ << "PRAGMA journal_mode = WAL", into(mode), now;
    *session_ << "PRAGMA synchronous = FULL", now;
    *session_ << "PRAGMA foreign_keys = ON", now;
    if (mode != "wal") spoolFailed("no write-ahead log on this file system");
    // Indexes too: what is found broken while running must be found here as well, or starting would never end.
    std::vector<std::string> findings;
    *session_ << "PRAGMA integrity_check(1)", into(findings), now;
    if (findings.empty() || findings.front() != "ok") throw CorruptImageException{"integrity_check"};
    migrate();
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
    } catch (const CorruptImageException& fault) {
        broken_ = true;
        spoolFailed(fault.displayText());
    } catch (const Poco::Data::SQLite::ConstraintViolationException& fault) {
        throw Error(Fault::conflict, "row-exists",
                    {"Kho dữ liệu của trạm đã có dòng này.", "the store has that row: " + fault.displayText()});
    } catch (const Poco::Exception& fault) {
        spoolFailed(fault.displayText());
    }
}

void SpoolDatabase::read(const std::function<void(Poco::Data::Session&)>& work) {
    try {
        work(*session_);
    } catch (const CorruptImageException& fault) {
        broken_ = true;
        spoolFailed(fault.displayText());
    } catch (const Poco::Exception& fault) {
        spoolFailed(fault.displayText());
    }
}

}  // namespace loa
