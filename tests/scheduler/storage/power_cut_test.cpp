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

std::vector<std::string> tablesOf(Connection& connection) {
    std::vector<std::string> tables;
    for (const auto& [name] :
         connection.select<std::string>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"))
        if (name != "schema_migration") tables.push_back(name);
    return tables;
}

/// A row in each table that has none: every text is 'x' and every number 1, so that they refer to each other.
void fill(Connection& connection) {
    connection.executeOnce("PRAGMA foreign_keys = OFF");
    for (const auto& table : tablesOf(connection)) {
        std::string values;
        for (const auto& [name, type, isNeeded] : connection.select<std::string, std::string, int>(
                 "SELECT name, type, \"notnull\" FROM pragma_table_info('" + table + "')")) {
            const bool isLeftOut = isNeeded == 0 && name != "station";
            values += (values.empty() ? "" : ", ") + std::string{isLeftOut ? "NULL" : type == "TEXT" ? "'x'" : "1"};
        }
        const auto empty = " WHERE NOT EXISTS (SELECT 1 FROM " + table + ")";
        if (table != "airing") connection.executeOnce("INSERT INTO " + table + " SELECT " + values + empty);
    }
}

/// An office of that version that has been in use.
void makeOfVersion(const std::filesystem::path& file, std::size_t version) {
    Connection connection{file, Connection::Access::write, Durability::full};
    migrate(connection, Instant{}, migrations().first(version));
    fill(connection);
}

/// All its rows, in words.
std::string contentOf(const std::filesystem::path& file) {
    Connection connection{file, Connection::Access::write, Durability::full};
    std::string content;
    for (const auto& table : tablesOf(connection)) {
        std::string columns;
        for (const auto& [name] : connection.select<std::string>("SELECT name FROM pragma_table_info('" + table + "')"))
            columns += (columns.empty() ? "quote(" : " || ',' || quote(") + name + ')';
        for (const auto& [row] : connection.select<std::string>("SELECT " + columns + " FROM " + table + " ORDER BY 1"))
            content += table + ": " + row + '\n';
    }
    return content;
}

/// Of an office of that version once it was brought up to date without any trouble.
std::string contentBroughtUpFrom(std::size_t version) {
    test::TemporaryDirectory folder;
    if (version > 0) makeOfVersion(folder.path() / "loa.db", version);
    { Database{folder.path() / "loa.db", Instant{}}; }
    return contentOf(folder.path() / "loa.db");
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
        {
            Connection connection{folder.path() / "loa.db", Connection::Access::write, Durability::full};
            migrate(connection, Instant{}, migrations().first(version));
        }
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
    "F25 power cut at each step of a migration: the shape is an old or the new one, and the next start completes it "
    "with every row") {
    if (withoutLoopDevices()) return;
    const auto shapes = releasedShapes();
    int cuts = 0;
    // At every statement: from no database at all, and from those in use before a migration that changes rows.
    for (const std::size_t from : {0, 9, 13}) {
        const auto content = contentBroughtUpFrom(from);
        LoopDisk disk{20};
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
                if (!isReleased) return "neither an old shape nor the new one: " + shape;
                auto damaged = damage(folder / name, {});  // which starts it again
                return damaged.empty() && contentOf(folder / name) != content ? "other rows than without a cut"
                                                                              : damaged;
            });
            CHECK_MESSAGE(found.empty(), found);
            for (const auto* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(disk.folder() / (name + suffix));
            if (end == 0) break;
            REQUIRE(end == SIGKILL);
        }
    }
    CHECK(cuts >= 100);
}
