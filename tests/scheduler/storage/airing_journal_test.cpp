#include "scheduler/storage/airing_journal.h"

#include <latch>
#include <thread>

#include "scheduler/storage/airing_repository.h"
#include "tests/scheduler/storage/backend.h"
#include "tests/scheduler/storage/values.h"

using namespace loa;
using namespace loa::test;

namespace {

std::size_t count(Database& database, const std::string& station) {
    return database.read([&](ReadTransaction& transaction) {
        return AiringRepository::plannedIn(transaction, StationId{station}, {atNoon, atNoon + std::chrono::hours{1}})
            .size();
    });
}

}  // namespace

TEST_CASE_TEMPLATE("airing journal: what is accepted is there, in the order given, and again changes nothing", Backend,
                   Sqlite) {
    Backend backend;
    AiringJournal journal{backend.database()};
    const std::vector batch{airing("s1", 2, atNoon), airing("s1", 1, atNoon)};
    const std::vector ids{batch[0].id, batch[1].id};
    CHECK(journal.accept(batch) == ids);
    CHECK(journal.accept(batch) == ids);
    CHECK(journal.accept({batch[0], batch[0]}) == std::vector{ids[0], ids[0]});
    CHECK(journal.accept({}).empty());
    CHECK(count(backend.database(), "s1") == 2);
}

TEST_CASE_TEMPLATE("airing journal: a batch with one that differs is refused whole", Backend, Sqlite) {
    Backend backend;
    AiringJournal journal{backend.database()};
    journal.accept({airing("s1", 1, atNoon)});
    Airing other = airing("s1", 1, atNoon);
    other.result = AiringResult::aired;
    CHECK(errorCode([&] { journal.accept({airing("s1", 2, atNoon), other}); }) == "airing-differs");
    CHECK(count(backend.database(), "s1") == 1);
    Airing twin = airing("s1", 3, atNoon);
    twin.frames = 7;
    CHECK(errorCode([&] { journal.accept({airing("s1", 3, atNoon), twin}); }) == "airing-differs");
    CHECK(count(backend.database(), "s1") == 1);
}

TEST_CASE_TEMPLATE("airing journal: of many stations at once each gets its own answer and nothing is lost", Backend,
                   Sqlite) {
    Backend backend;
    AiringJournal journal{backend.database()};
    journal.accept({airing("s0", 1, atNoon)});
    constexpr int stationsCount = 8;
    constexpr int batchesCount = 20;
    std::latch together{stationsCount};
    std::atomic<int> refused{0};
    std::vector<std::thread> stations;
    for (int i = 0; i < stationsCount; ++i)
        stations.emplace_back([&, name = "s" + std::to_string(i)] {
            together.arrive_and_wait();
            for (int n = 1; n <= batchesCount; ++n) {
                auto sent = airing(name, n, atNoon);
                if (name == "s0" && n == 1) sent.title = "khác";
                try {
                    if (journal.accept({sent, airing(name, 100 + n, atNoon)}).size() != 2) refused += 100;
                } catch (const Error&) {
                    ++refused;
                }
            }
        });
    for (auto& station : stations) station.join();
    CHECK(refused == 1);
    CHECK(count(backend.database(), "s0") == 2 * batchesCount - 1);
    for (int i = 1; i < stationsCount; ++i)
        CHECK(count(backend.database(), "s" + std::to_string(i)) == 2 * batchesCount);
}
