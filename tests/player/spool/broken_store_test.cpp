// Stores with really damaged files, and disks that merely refuse.
#include <doctest/doctest.h>
#include <sys/resource.h>

#include <csignal>

#include "player/spool/spool.h"
#include "scheduler/domain/error.h"
#include "tests/player/spool/damaged_store.h"
#include "tests/support/temporary_directory.h"

using namespace loa;
using namespace loa::test;
using namespace std::chrono_literals;

namespace {

const StationId station{"an-phong"};
const Instant five = *parseInstant("2027-03-02T05:00:00+07:00");

Airing missedAt(Instant start) {
    Airing airing;
    airing.slot = makeSlotId(EventId{"1022"}, start, station, 0);
    airing.planned = {start, start + 30s};
    return airing;
}

/// A store with a plan and rows that nobody has received.
struct Store {
    TemporaryDirectory directory;
    std::filesystem::path file = directory.path() / "spool.db";
    std::int64_t epoch = make();

    std::int64_t make() const {
        std::int64_t made = 0;
        {
            Spool spool{file, station, five};
            Manifest plan;
            plan.station = station;
            plan.revision = 4;
            spool.keepManifest({"the signed plan", "\"4\""}, plan, five);
            spool.writeMissed(missedAt(five));
            made = spool.epoch();
        }
        multiplyRows(file, 8000);
        return made;
    }
    std::vector<std::string> putAside() const {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator{directory.path()})
            if (const auto name = entry.path().filename().string(); name.find(".broken-") != std::string::npos)
                names.push_back(name);
        std::sort(names.begin(), names.end());
        return names;
    }
};

std::string codeOf(const std::function<void()>& act) {
    try {
        act();
    } catch (const Error& error) {
        return error.code();
    }
    return "";
}

}  // namespace

TEST_CASE("spool: a damaged store is put aside, and a new one made that says so") {
    struct Case {
        const char* name;
        void (*harm)(const std::filesystem::path&);
        bool planSurvives;
    };
    const Case cases[] = {
        {"another file", [](const auto& file) { std::ofstream{file} << std::string(100'000, 'x'); }, false},
        {"its head is gone", [](const auto& file) { damage(file, 0, 1); }, false},
        {"a piece is gone", [](const auto& file) { damage(file, 40, 50); }, true},
        {"its end is gone",
         [](const auto& file) { std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2); }, false},
    };
    for (const auto& row : cases) {
        CAPTURE(std::string{row.name});
        const Store store;
        row.harm(store.file);
        Spool spool{store.file, station, five + 1h};
        CHECK(spool.epoch() != store.epoch);
        CHECK(spool.replaced() == five + 1h);
        CHECK(spool.waitingCount() == 0);
        CHECK_FALSE(spool.manifest());
        const auto plan = spool.planOfBrokenStore();
        if (row.planSurvives) {
            REQUIRE(plan);
            CHECK(*plan == HeldManifest{"the signed plan", "\"4\""});
        }
        CHECK(spool.writeMissed(missedAt(five)).sequence == 1);
        REQUIRE(!store.putAside().empty());
        CHECK(store.putAside().front() == "spool.db.broken-" + std::to_string(epochMilliseconds(five + 1h)));
    }
}

TEST_CASE("spool: that a store was replaced is known as long as it lives, also when its making was broken off") {
    const Store store;
    damage(store.file, 40, 50);
    { const Spool spool{store.file, station, five + 1h}; }
    SUBCASE("opened again") {}
    SUBCASE("killed before it was made") {
        std::filesystem::remove(store.file);
    }
    const Spool spool{store.file, station, five + 2h};
    CHECK(spool.replaced() == five + 1h);
    CHECK(spool.planOfBrokenStore());
}

TEST_CASE("spool: of the stores put aside the newest two are kept") {
    const Store store;
    for (int time = 1; time <= 4; ++time) {
        std::ofstream{store.file} << std::string(100'000, 'x');
        const Spool spool{store.file, station, five + time * 1h};
    }
    CHECK(store.putAside() == std::vector{"spool.db.broken-" + std::to_string(epochMilliseconds(five + 3h)),
                                          "spool.db.broken-" + std::to_string(epochMilliseconds(five + 4h))});
}

TEST_CASE("spool: a whole store is opened as it is") {
    const Store store;
    Spool spool{store.file, station, five + 1h};
    CHECK(spool.epoch() == store.epoch);
    CHECK_FALSE(spool.replaced());
    CHECK_FALSE(spool.planOfBrokenStore());
    CHECK(spool.waitingCount() == 8001);
}

TEST_CASE("spool: damage that comes while it is open is found, and the next opening puts it aside") {
    const Store store;
    {
        Spool spool{store.file, station, five};
        damage(store.file, 40, 60);
        CHECK_FALSE(spool.broken());
        CHECK(codeOf([&] { spool.waiting(0, 10'000); }) == "spool-failed");
        CHECK(spool.broken());
    }
    const Spool spool{store.file, station, five + 1h};
    CHECK(spool.replaced() == five + 1h);
}

TEST_CASE("spool: a disk that refuses is no damage: nothing is put aside, and it goes on when the disk does") {
    const Store store;
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
    rlimit full = before;
    full.rlim_cur = 4096;
    {
        Spool spool{store.file, station, five};
        REQUIRE(setrlimit(RLIMIT_FSIZE, &full) == 0);
        CHECK(codeOf([&] { spool.writeMissed(missedAt(five + 1h)); }) == "spool-failed");
        CHECK_FALSE(spool.broken());
        REQUIRE(setrlimit(RLIMIT_FSIZE, &before) == 0);
        CHECK_NOTHROW(spool.writeMissed(missedAt(five + 1h)));
    }
    CHECK(store.putAside().empty());
}
