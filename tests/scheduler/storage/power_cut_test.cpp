#include <algorithm>
#include <random>

#include "scheduler/storage/migrations.h"
#include "tests/scheduler/storage/loop_disk.h"
#include "tests/scheduler/storage/victim.h"

using namespace loa;
using namespace loa::test;

namespace {

constexpr int cutsOnOneDisk = 12;

/// LOA_CUTS=500 LOA_SEED=... repeats a long run.
int wantedCuts() {
    return std::stoi(environment("LOA_CUTS", "12"));
}

unsigned seed() {
    return static_cast<unsigned>(std::stoul(environment("LOA_SEED", "22")));
}

struct Cuts {
    int done = 0;
    int damaged = 0;
    std::size_t acknowledged = 0;
    std::string first;  ///< damage found
};

/// Cuts the power of writers at random points, `most` times, or until something was damaged.
Cuts cutPower(const std::string& durability, int most) {
    std::mt19937 random{seed()};
    Cuts cuts;
    while (cuts.done < most && cuts.damaged == 0) {
        LoopDisk disk;
        Victim victim{disk.folder() / "loa.db", durability};
        for (int i = 0; i < cutsOnOneDisk && cuts.done < most && cuts.damaged == 0; ++i, ++cuts.done) {
            REQUIRE(victim.says(1 + random() % 60));
            victim.listenFor(static_cast<int>(random() % 4));
            victim.stop();
            const auto acknowledged = victim.acknowledged();
            const auto found = disk.afterPowerCut(
                [&](const std::filesystem::path& folder) { return damage(folder / "loa.db", acknowledged); });
            cuts.acknowledged = std::max(cuts.acknowledged, acknowledged.size());
            if (!found.empty()) {
                ++cuts.damaged;
                cuts.first = found + ", seed " + std::to_string(seed()) + ", cut " + std::to_string(cuts.done);
            }
            victim.goOn();
        }
    }
    return cuts;
}

void makeOfVersion(const std::filesystem::path& file, std::size_t version) {
    Connection connection{file, Connection::Access::write, Durability::full};
    migrate(connection, Instant{}, migrations().first(version));
}

/// All its tables and indexes, in words, and the version it says it has.
std::string shapeOf(const std::filesystem::path& file) {
    Connection connection{file, Connection::Access::write, Durability::full};
    std::string shape;
    for (const auto& [sql] : connection.select<std::string>("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL "
                                                            "ORDER BY name"))
        shape += sql + '\n';
    if (shape.empty()) return shape;
    const auto version = connection.select<std::optional<int>>("SELECT MAX(version) FROM schema_migration").at(0);
    return shape + "version " + std::to_string(std::get<0>(version).value_or(0));
}

/// Of no database, of one without a migration, and of each version since.
std::vector<std::string> releasedShapes() {
    std::vector<std::string> shapes{""};
    for (std::size_t version = 0; version <= migrations().size(); ++version) {
        test::TemporaryDirectory folder;
        makeOfVersion(folder.path() / "loa.db", version);
        shapes.push_back(shapeOf(folder.path() / "loa.db"));
    }
    return shapes;
}

}  // namespace

TEST_CASE("F22 power cut during commit: no acknowledged airing is lost and none is torn") {
    if (withoutLoopDevices()) return;
    const Cuts cuts = cutPower("full", wantedCuts());
    CHECK_MESSAGE(cuts.damaged == 0, cuts.first);
    CHECK(cuts.done == wantedCuts());
    CHECK(cuts.acknowledged > 0);
}

TEST_CASE("F22 power cut during commit: the cuts bite where the program does not wait for the disk") {
    if (withoutLoopDevices()) return;
    CHECK(cutPower("normal", 60).damaged == 1);
    CHECK(cutPower("off", 60).damaged == 1);
}

TEST_CASE(
    "F25 power cut at each step of a migration: the shape is an old or the new one, and the next start completes it") {
    if (withoutLoopDevices()) return;
    const auto shapes = releasedShapes();
    int cuts = 0;
    // At every statement, from no database at all and from one that has been in use.
    for (const std::size_t from : {0, 2}) {
        LoopDisk disk;
        for (int step = 1;; ++step, ++cuts) {
            CAPTURE(from);
            CAPTURE(step);
            const std::string name = "step" + std::to_string(step) + ".db";
            if (from > 0) makeOfVersion(disk.folder() / name, from);
            Victim victim{disk.folder() / name, "open", "storage.migration:" + std::to_string(step)};
            const int end = victim.ended();
            const auto found = disk.afterPowerCut([&](const std::filesystem::path& folder) {
                const auto shape = shapeOf(folder / name);
                const bool isReleased = std::find(shapes.begin(), shapes.end(), shape) != shapes.end();
                return isReleased ? damage(folder / name, {}) : "neither an old shape nor the new one: " + shape;
            });
            CHECK_MESSAGE(found.empty(), found);
            std::filesystem::remove(disk.folder() / name);
            if (end == 0) break;
            REQUIRE(end == SIGKILL);
        }
    }
    CHECK(cuts >= 100);
}
