#include "player/sound/air.h"

#include <doctest/doctest.h>

#include <unistd.h>

#include <filesystem>
#include <vector>

using namespace loa;
using namespace std::chrono_literals;

namespace {

const Instant noon = fromEpochMilliseconds(1'900'000'000'000);

Pcm tone(std::int64_t frames) {
    Pcm pcm;
    pcm.append(std::vector<std::int16_t>(static_cast<std::size_t>(frames), 8192));
    return pcm;
}

/// Air with an output whose frame 0 sounds at `zero`, moved on step by step.
struct Station {
    FineInstant zero = noon;
    Air air{[] {}, nullptr};
    std::int64_t next = 0;
    float volume = 1;
    bool late = false;

    /// Mixes `count` blocks and brings them to the sink.
    void push(int count) {
        for (int i = 0; i < count; ++i, ++next) {
            Block block{};
            air.mix(block, next, zero + lengthOf(next * blockFrames));
            for (float& sample : block) sample *= volume;
            air.reached(next, block, late);
        }
    }
    /// Lets the sink clock pass `blocks` blocks in all.
    void pass(std::int64_t blocks) { air.passed(blocks * blockFrames, zero); }

    template <class Message>
    std::vector<Message> take() {
        std::vector<Message> found;
        for (const auto& report : air.takeReports())
            if (const auto* message = std::get_if<Message>(&report)) found.push_back(*message);
        return found;
    }
    Ended takeEnded() {
        const auto ended = take<Ended>();
        REQUIRE(ended.size() == 1);
        return ended[0];
    }
};

}  // namespace

TEST_CASE("air: a block that never comes to the sink is given up a second after its time, and holds up nothing") {
    Station station;
    station.air.start(7, tone(4800), noon);
    station.push(4);
    Block lost{};
    station.air.mix(lost, station.next++, station.zero + lengthOf(4 * blockFrames));
    station.push(5);
    station.pass(100);
    CHECK(station.take<Ended>().empty());
    station.pass(105);
    const auto ended = station.takeEnded();
    CHECK(ended.frames == 4800 - 480);
    CHECK(ended.detail == "480 frames came too late for the sink");
}

TEST_CASE(
    "air: what sounds at once begins with the next block, whole, while what was on fades, and a set clock is nothing "
    "to it") {
    Station station;
    station.air.start(7, tone(48000), noon);
    station.push(10);
    station.air.stop(7, 200ms);
    station.air.startNow(8, tone(9600));
    station.push(5);
    station.zero += 1h;
    station.push(25);
    station.pass(100);
    const auto reports = station.air.takeReports();
    std::vector<Sounding> begun;
    std::vector<Ended> ended;
    for (const auto& report : reports) {
        if (const auto* sounding = std::get_if<Sounding>(&report)) begun.push_back(*sounding);
        if (const auto* end = std::get_if<Ended>(&report)) ended.push_back(*end);
    }
    REQUIRE(begun.size() == 2);
    CHECK(begun[1].item == 8);
    CHECK(begun[1].offsetFrames == 0);
    REQUIRE(ended.size() == 2);
    const auto& order = ended[0].item == 8 ? ended[0] : ended[1];
    CHECK(order.item == 8);
    CHECK(order.cause == Ended::Cause::finished);
    CHECK(order.frames == 9600);
}

TEST_CASE("air: without an output what shall sound at once has ended, and says so") {
    Station station;
    station.air.startNow(8, tone(9600));
    station.air.withoutOutput(station.zero);
    const auto ended = station.takeEnded();
    CHECK(ended.cause == Ended::Cause::outputLost);
    CHECK(ended.frames == 0);
    CHECK(station.air.empty());
}

TEST_CASE("air: nothing counts as sounded until the sink clock has passed it") {
    Station station;
    station.air.start(7, tone(4800), noon + 10ms);
    station.push(20);
    CHECK(station.air.takeReports().empty());
    station.pass(1);
    CHECK(station.air.takeReports().empty());
    station.pass(2);
    const auto sounding = station.take<Sounding>();
    REQUIRE(sounding.size() == 1);
    CHECK(sounding[0] == Sounding{7, noon + 10ms, 0, 0});
    station.pass(10);
    CHECK(station.air.takeReports().empty());
    station.pass(20);
    const auto ended = station.takeEnded();
    CHECK(ended.cause == Ended::Cause::finished);
    CHECK(ended.frames == 4800);
    CHECK(ended.until == noon + 110ms);
    CHECK(ended.level.silentShare == 0);
    CHECK(station.air.empty());
}

TEST_CASE("air: under a volume ceiling an item sounds that much quieter, and its quiet passages are not missing") {
    const auto levelAt = [](int gainDb) {
        Station station;
        std::vector<std::int16_t> samples(std::size_t{24000}, 1843);  // -25 dBFS
        samples.resize(48000, 104);                                   // -50 dBFS
        Pcm pcm;
        pcm.append(samples);
        station.air.start(7, std::move(pcm), noon, gainDb);
        station.push(100);
        station.pass(100);
        return station.takeEnded().level;
    };
    const auto open = levelAt(0);
    const auto quieter = levelAt(-20);
    CHECK(quieter.rmsDbfs == doctest::Approx(open.rmsDbfs - 20).epsilon(0.01));
    CHECK(open.silentShare == 0);
    CHECK(quieter.silentShare == 0);
}

TEST_CASE("air: the start error is where the first frame sounded by the clock as it is then known") {
    Station station;
    station.air.start(7, tone(4800), noon);
    station.push(3);
    station.air.passed(480, station.zero + 1500us);
    const auto sounding = station.take<Sounding>();
    REQUIRE(sounding.size() == 1);
    CHECK(sounding[0].startErrorMicroseconds == 1500);
    CHECK(sounding[0].since == noon + 2ms);
}

TEST_CASE("air: a late join names the frame it began with, and is no start error") {
    Station station;
    station.air.start(7, tone(48000), noon - 500ms);
    station.push(5);
    station.pass(5);
    CHECK(station.take<Sounding>().at(0) == Sounding{7, noon, 0, 24000});
}

TEST_CASE("air: progress comes once a second and never tells more than has passed") {
    Station station;
    station.air.start(7, tone(48000 * 4), noon);
    station.push(350);
    station.pass(250);
    const auto progress = station.take<Progress>();
    REQUIRE(progress.size() == 2);
    CHECK(progress[0].frames == 48000);
    CHECK(progress[1].frames == 96000);
}

TEST_CASE("air: what came too late for the sink was not heard") {
    Station station;
    station.air.start(7, tone(4800), noon);
    station.push(4);
    station.late = true;
    station.push(2);
    station.late = false;
    station.push(10);
    station.pass(16);
    const auto ended = station.takeEnded();
    CHECK(ended.frames == 4800 - 960);
    CHECK(ended.detail == "960 frames came too late for the sink");
}

TEST_CASE("air: what was on its way when the output was lost was not heard, and the item rejoins by its clock") {
    Station station;
    station.air.start(7, tone(48000), noon);
    station.push(30);
    station.pass(20);
    station.air.outputLost();
    station.air.withoutOutput(station.zero + 500ms);
    station.zero = noon + 500ms;  // a new output
    station.next = 0;
    station.push(60);
    station.pass(60);
    const auto reports = station.air.takeReports();
    REQUIRE(reports.size() == 2);  // one Sounding and no second one
    CHECK(std::holds_alternative<Sounding>(reports.front()));
    const auto ended = std::get<Ended>(reports.back());
    CHECK(ended.cause == Ended::Cause::outputLost);
    CHECK(ended.frames == 20 * 480 + 50 * 480);
    CHECK(ended.until == noon + 1000ms);
}

TEST_CASE("air: an item that never had an output ends with no frames when its time is over") {
    Station station;
    station.air.start(7, tone(4800), noon);
    station.air.withoutOutput(noon + 50ms);
    CHECK(station.air.takeReports().empty());
    station.air.withoutOutput(noon + 100ms);
    const auto ended = station.takeEnded();
    CHECK(ended.cause == Ended::Cause::outputLost);
    CHECK(ended.frames == 0);
}

TEST_CASE("air: what waits for its instant loses nothing when an output is lost before") {
    Station station;
    station.air.start(7, tone(4800), noon + 1s);
    station.air.outputLost();
    station.air.withoutOutput(noon);
    station.push(120);
    station.pass(120);
    CHECK(station.takeEnded().cause == Ended::Cause::finished);
}

TEST_CASE("air: a stop fades and is the end; the frames are those that passed") {
    Station station;
    station.air.start(7, tone(48000), noon);
    station.push(10);
    station.air.stop(7, 200ms);
    station.push(30);
    station.pass(40);
    const auto ended = station.takeEnded();
    CHECK(ended.cause == Ended::Cause::stopped);
    CHECK(ended.frames == doctest::Approx(4800 + 9600).epsilon(0.001));
}

TEST_CASE("air: a stop before the instant ends at once with no frames") {
    Station station;
    station.air.start(7, tone(48000), noon + 10s);
    station.air.stop(7, 200ms);
    station.push(1);
    const auto ended = station.takeEnded();
    CHECK(ended.cause == Ended::Cause::stopped);
    CHECK(ended.frames == 0);
}

TEST_CASE("air: without an output a stop is the end at once") {
    Station station;
    station.air.start(7, tone(48000), noon);
    station.push(10);
    station.air.outputLost();
    station.air.stopAll(200ms, "the player is gone");
    station.air.withoutOutput(noon + 200ms);
    CHECK(station.takeEnded().cause == Ended::Cause::stopped);
    CHECK(station.air.empty());
}

TEST_CASE("air: a muted sink is silence, whatever the media holds") {
    Station station;
    station.volume = 0;
    station.air.start(7, tone(48000), noon);
    station.push(101);
    station.pass(101);
    const auto ended = station.takeEnded();
    CHECK(ended.frames == 48000);
    CHECK(ended.level == Level{-120, -120, 1});
}

TEST_CASE("recorder: each item that reached the sink is a file named by its instant") {
    const auto folder = std::filesystem::temp_directory_path() / ("loa-recorder-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    {
        Recorder recorder{folder};
        Air air{[] {}, &recorder};
        air.start(42, tone(960), noon + 250ms);
        for (std::int64_t i = 0; i < 30; ++i) {
            Block block{};
            air.mix(block, i, FineInstant{noon} + lengthOf(i * blockFrames));
            air.reached(i, block, false);
        }
        air.passed(30 * blockFrames, noon);
    }
    const auto file = folder / "20300317T174640.250Z-42.wav";
    CHECK(std::filesystem::exists(file));
    CHECK(std::filesystem::file_size(file) == 44 + 2 * 960);
    std::filesystem::remove_all(folder);
}
