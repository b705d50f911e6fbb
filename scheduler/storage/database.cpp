// Readers and the one writer. Readers take a session from a stack of idle ones and put it back; the writer's session is
// never handed to anybody else, since Poco does not know of a transaction begun by "BEGIN IMMEDIATE" and would leave it
// open for the next user. Runs on the callers' threads; keeps none of its own.
#include "scheduler/storage/database.h"

#include <Poco/Data/SQLite/SQLiteException.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>
#include <vector>

#include "scheduler/domain/error.h"
#include "scheduler/domain/kill_point.h"
#include "scheduler/storage/connection.h"
#include "scheduler/storage/migrations.h"

namespace loa {
namespace {

constexpr std::size_t idleReadersLimit = 32;
/// Of the write-ahead log: 32 MB, half of what it may hold, so that no single write takes it over that.
constexpr int logPagesLimit = 8192;

/// Time that runs out: what several waits, one after the other, may take together.
class Patience {
public:
    explicit Patience(Milliseconds length) : end_{std::chrono::steady_clock::now() + length} {}
    std::chrono::steady_clock::time_point end() const { return end_; }
    Milliseconds left() const {
        const auto left = std::chrono::ceil<Milliseconds>(end_ - std::chrono::steady_clock::now());
        return std::max(left, Milliseconds{0});
    }

private:
    std::chrono::steady_clock::time_point end_;
};

/// Notes which thread is inside a write, while it is.
class Writing {
public:
    explicit Writing(std::atomic<std::thread::id>& thread) : thread_{thread} { thread_ = std::this_thread::get_id(); }
    ~Writing() { thread_ = std::thread::id{}; }
    Writing(const Writing&) = delete;
    Writing& operator=(const Writing&) = delete;

private:
    std::atomic<std::thread::id>& thread_;
};

[[noreturn]] void refuseFile(const std::filesystem::path& file) {
    throw Error(Fault::unavailable, "database-unavailable",
                {"Không mở được cơ sở dữ liệu ở " + file.string() + ". Kiểm tra thư mục và quyền ghi.",
                 "Cannot open the database at " + file.string() + ". Check the folder and its permissions."});
}

/// Made before SQLite makes it, since it would let everybody on the machine read it. The name survives a power cut.
void makeFile(const std::filesystem::path& file) {
    const int made = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (made < 0) refuseFile(file);
    close(made);
    const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path{"."};
    const int directory = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) return;
    fsync(directory);
    close(directory);
}

[[noreturn]] void refuseBusy() {
    throw Error(Fault::unavailable, "database-busy",
                {"Cơ sở dữ liệu đang bận. Thử lại sau vài giây.", "The database is busy. Try again in a few seconds."});
}

/// Turns what a later attempt may cure into an Error; everything else is a fault of ours and stays what it is.
template <class Work>
void explained(const Work& work) {
    try {
        work();
    } catch (const Poco::Data::SQLite::DBLockedException&) {
        refuseBusy();
    } catch (const Poco::Data::SQLite::DatabaseFullException&) {
        throw Error(Fault::unavailable, "disk-full",
                    {"Ổ đĩa đã đầy nên chưa lưu được. Dọn bớt ổ đĩa rồi thử lại.",
                     "The disk is full, so nothing was saved. Free some space and try again."});
    } catch (const Poco::Data::SQLite::IOErrorException&) {
        throw Error(Fault::unavailable, "disk-failed",
                    {"Ổ đĩa báo lỗi nên chưa lưu được. Kiểm tra ổ đĩa rồi thử lại.",
                     "The disk reported a fault, so nothing was saved. Check the disk and try again."});
    }
}

}  // namespace

struct Database::State {
    State(const std::filesystem::path& path, Durability wanted)
        : file{path}, durability{wanted}, writer{file, Connection::Access::write, durability} {}

    std::unique_ptr<Connection> takeReader() {
        {
            const std::lock_guard lock{idleMutex};
            if (!idle.empty()) {
                auto reader = std::move(idle.back());
                idle.pop_back();
                return reader;
            }
        }
        return std::make_unique<Connection>(file, Connection::Access::read, durability);
    }
    void putBack(std::unique_ptr<Connection> reader) {
        const std::lock_guard lock{idleMutex};
        if (idle.size() < idleReadersLimit) idle.push_back(std::move(reader));
    }

    const std::filesystem::path file;
    const Durability durability;
    std::timed_mutex writerMutex;  ///< guards writer
    Connection writer;
    std::atomic<std::thread::id> writing{};  ///< the thread inside a write, so that writing in a write is noticed
    std::mutex idleMutex;                    ///< guards idle
    std::vector<std::unique_ptr<Connection>> idle;
};

Database::Database(const std::filesystem::path& file, Instant now, Durability durability) {
    makeFile(file);
    try {
        state_ = std::make_unique<State>(file, durability);
    } catch (const Poco::Exception&) {
        refuseFile(file);
    }
    explained([&] { migrate(state_->writer, now); });
}

Database::~Database() = default;

const std::filesystem::path& Database::file() const {
    return state_->file;
}

std::int64_t Database::changes() const {
    return state_->writer.changes();
}

void Database::runRead(const std::function<void(ReadTransaction&)>& work) {
    explained([&] {
        auto reader = state_->takeReader();
        {
            Connection::Transaction guard{*reader, "BEGIN"};
            ReadTransaction transaction{*reader};
            work(transaction);
            guard.commit();
        }
        state_->putBack(std::move(reader));  // one whose work threw is closed instead
    });
}

void Database::runWrite(const std::function<void(WriteTransaction&)>& work, bool keep) {
    if (state_->writing.load() == std::this_thread::get_id())
        throw std::logic_error{"a write inside a write: hand the WriteTransaction on instead"};
    const Patience patience{writePatience};
    const std::unique_lock lock{state_->writerMutex, patience.end()};
    if (!lock.owns_lock()) refuseBusy();
    const Writing writing{state_->writing};
    explained([&] {
        state_->writer.waitAtMost(patience.left());
        // Somebody reads what was true long ago, and until that ends the log can only grow.
        if (state_->writer.logPages() > logPagesLimit && !state_->writer.emptyLog()) refuseBusy();
        Connection::Transaction guard{state_->writer};
        WriteTransaction transaction{state_->writer};
        work(transaction);
        if (!keep) return;
        killPoint("storage.commit");
        guard.commit();
        killPoint("storage.committed");
    });
}

}  // namespace loa
