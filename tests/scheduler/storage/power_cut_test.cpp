#include <random>

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

TEST_CASE("F25 power cut at each step of a migration: the next start completes it") {
    if (withoutLoopDevices()) return;
    int steps = 0;
    LoopDisk disk;
    for (int step = 1;; ++step) {
        CAPTURE(step);
        const std::string name = "step" + std::to_string(step) + ".db";
        Victim victim{disk.folder() / name, "open", "storage.migration:" + std::to_string(step)};
        const int end = victim.ended();
        const auto found =
            disk.afterPowerCut([&](const std::filesystem::path& folder) { return damage(folder / name, {}); });
        CHECK_MESSAGE(found.empty(), found);
        if (end == 0) break;
        REQUIRE(end == SIGKILL);
        ++steps;
    }
    CHECK(steps > 30);
}
