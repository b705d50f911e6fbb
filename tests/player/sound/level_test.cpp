#include "player/sound/level.h"

#include <doctest/doctest.h>

using namespace loa;

namespace {

constexpr std::int64_t window = 4800;

/// Blocks of 480 frames in which the media holds `own` and `heard` came out, both as a constant level of full scale.
void addBlocks(LevelMeter& meter, int blocks, double own, double heard) {
    for (int i = 0; i < blocks; ++i) meter.add(480, {480 * heard * heard, static_cast<float>(heard)}, 480 * own * own);
}

}  // namespace

TEST_CASE("level: nothing heard is digital silence, and all of it silent") {
    CHECK(LevelMeter{}.level() == Level{-120, -120, 1});
}

TEST_CASE("level: RMS and peak are in dBFS of what came out") {
    LevelMeter meter;
    addBlocks(meter, 20, 1, 0.1);
    meter.add(480, {480 * 0.01, 0.5F}, 480);
    const auto level = meter.level();
    CHECK(level.rmsDbfs == doctest::Approx(-20).epsilon(0.001));
    CHECK(level.peakDbfs == doctest::Approx(-6.02).epsilon(0.001));
    CHECK(level.silentShare == 0);
}

TEST_CASE("level: windows in which the media itself pauses are no silence of the output") {
    LevelMeter meter;
    addBlocks(meter, 30, 0.5, 0.5);
    addBlocks(meter, 70, 0.0001, 0);  // -80 dBFS
    CHECK(meter.level().silentShare == 0);
}

TEST_CASE("level: a volume turned down to a tenth makes no silence of what is quiet in the media") {
    LevelMeter meter;
    addBlocks(meter, 50, 0.5, 0.05);
    addBlocks(meter, 50, 0.009, 0.0009);  // -41 dBFS, and -61 of it heard
    CHECK(meter.level().silentShare == 0);
}

TEST_CASE("level: where the media sounds and nothing comes out, the share is told") {
    LevelMeter meter;
    addBlocks(meter, 60, 0.5, 0.5);
    addBlocks(meter, 20, 0.5, 0.0001);
    CHECK(meter.level().silentShare == doctest::Approx(0.25));
}

TEST_CASE("level: muted all along is all silent") {
    LevelMeter meter;
    addBlocks(meter, 100, 0.5, 0);
    const auto level = meter.level();
    CHECK(level.rmsDbfs == -120);
    CHECK(level.silentShare == 1);
}

TEST_CASE("level: media that holds no sound proves no sound") {
    LevelMeter meter;
    addBlocks(meter, 100, 0, 0);
    CHECK(meter.level().silentShare == 1);
}

TEST_CASE("level: an item shorter than a window is judged too") {
    LevelMeter meter;
    meter.add(window / 4, {0, 0}, window / 4 * 0.25);
    CHECK(meter.level().silentShare == 1);
}
