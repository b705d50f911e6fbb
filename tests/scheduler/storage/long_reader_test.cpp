// A reader that does not end: what it costs the others, and that it costs them no more than that.
#include <condition_variable>
#include <mutex>
#include <thread>

#include "scheduler/storage/airing_journal.h"
#include "scheduler/storage/airing_repository.h"
#include "scheduler/storage/area_repository.h"
#include "tests/scheduler/storage/backend.h"
#include "tests/scheduler/storage/values.h"

using namespace loa;
using namespace loa::test;

namespace {

constexpr std::uintmax_t logBytesLimit = 64UL * 1024 * 1024;

/// Reads on a thread of its own until it is let go.
class LongReader {
public:
    explicit LongReader(Database& database)
        : thread_{[this, &database] {
              database.read([this](ReadTransaction& transaction) {
                  before_ = AreaRepository::all(transaction).size();
                  std::unique_lock lock{mutex_};
                  reads_ = true;
                  changed_.notify_all();
                  changed_.wait(lock, [this] { return letGo_; });
                  after_ = AreaRepository::all(transaction).size();
              });
          }} {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [this] { return reads_; });
    }
    ~LongReader() {
        if (thread_.joinable()) letGo();
    }
    void letGo() {
        {
            const std::lock_guard lock{mutex_};
            letGo_ = true;
        }
        changed_.notify_all();
        thread_.join();
        CHECK(before_ == after_);
    }

private:
    std::mutex mutex_;  ///< guards reads_ and letGo_
    std::condition_variable changed_;
    bool reads_ = false;
    bool letGo_ = false;
    std::size_t before_ = 0;
    std::size_t after_ = 0;
    std::thread thread_;
};

void writeMegabyte(Database& database, int number) {
    const Area area{AreaId{"a" + std::to_string(number)}, std::string(1024 * 1024, 'x'), std::nullopt, std::nullopt,
                    std::nullopt};
    database.write([&](WriteTransaction& transaction) { AreaRepository::save(transaction, area); });
}

}  // namespace

TEST_CASE("F24 a reader that does not end: writes go on until the log is half full, then wait 5 s and are refused") {
    Sqlite backend;
    auto& database = backend.database();
    AiringJournal journal{database};
    const auto log = backend.folder.path() / "loa.db-wal";
    LongReader reader{database};
    int written = 0;
    std::string refusal;
    for (; written < 200 && refusal.empty(); ++written) refusal = errorCode([&] { writeMegabyte(database, written); });
    CHECK(refusal == "database-busy");
    CHECK(written > 30);
    CHECK(std::filesystem::file_size(log) < logBytesLimit);
    const auto airing = test::airing("an-phong", 1, plannedAt(1));
    CHECK(errorCode([&] { journal.accept({airing}); }) == "database-busy");
    CHECK_FALSE(
        database.read([&](ReadTransaction& transaction) { return AiringRepository::holds(transaction, airing); }));
    CHECK(std::filesystem::file_size(log) < logBytesLimit);

    reader.letGo();
    CHECK(journal.accept({airing}).size() == 1);
    for (int more = 0; more < 60; ++more) writeMegabyte(database, 1000 + more);
    CHECK(std::filesystem::file_size(log) < logBytesLimit);
}

TEST_CASE("F24 a writer that does not end: others wait 5 s and are refused, and readers never wait") {
    Sqlite backend;
    auto& database = backend.database();
    Database other{backend.folder.path() / "loa.db", atNoon};  // as from another program
    database.write([&](WriteTransaction&) {
        std::thread{[&] {
            CHECK(errorCode([&] { writeMegabyte(database, 1); }) == "database-busy");
            database.read([](ReadTransaction& transaction) { CHECK(AreaRepository::all(transaction).empty()); });
        }}.join();
        CHECK(errorCode([&] { writeMegabyte(other, 2); }) == "database-busy");
    });
    writeMegabyte(database, 3);
}
