#include "player/sound/mix.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace loa;
using namespace std::chrono_literals;

namespace {

const FineInstant noon{std::chrono::seconds{1'900'000'000}};

/// A ramp of `frames` samples, each its own value: 1, 2, 3 ... so that position can be read off the output.
Pcm counting(std::int64_t frames) {
    std::vector<std::int16_t> samples;
    for (std::int64_t i = 0; i < frames; ++i) samples.push_back(static_cast<std::int16_t>(i % 30000 + 1));
    Pcm pcm;
    pcm.append(samples);
    return pcm;
}

Pcm constant(std::int64_t frames, std::int16_t value = 16384) {
    Pcm pcm;
    pcm.append(std::vector<std::int16_t>(static_cast<std::size_t>(frames), value));
    return pcm;
}

Voice voiceAt(FineInstant at, Pcm pcm) {
    Voice voice;
    voice.at = at;
    voice.pcm = std::move(pcm);
    return voice;
}

/// An output that begins at `from`, block after block; `stretch` is how much longer than 10 ms each takes by UTC.
struct Output {
    FineInstant at;
    Nanoseconds stretch{0};
    std::vector<float> samples{};

    std::vector<Part> run(Voice& voice, int blocks) {
        std::vector<Part> parts;
        for (int i = 0; i < blocks; ++i) {
            Block block{};
            if (const auto part = mix(block, at, voice)) parts.push_back(*part);
            samples.insert(samples.end(), block.begin(), block.end());
            at += lengthOf(blockFrames) + stretch;
        }
        return parts;
    }
    /// The counted sample at a place, 0 for silence.
    long counted(std::size_t place) const { return std::lround(samples.at(place) * 32768.0F); }
};

std::int64_t framesOf(const std::vector<Part>& parts) {
    std::int64_t sum = 0;
    for (const auto& part : parts) sum += part.frames;
    return sum;
}

}  // namespace

TEST_CASE("mix: an item starts at its very frame in the middle of a block, and every frame sounds once") {
    auto voice = voiceAt(noon + 2500us, counting(1000));
    Output output{noon};
    const auto parts = output.run(voice, 4);
    CHECK(output.counted(119) == 0);
    for (std::size_t i = 0; i < 1000; ++i) REQUIRE(output.counted(120 + i) == static_cast<long>(i + 1));
    CHECK(output.counted(1120) == 0);
    REQUIRE(parts.size() == 3);
    CHECK(parts[0].offset == 120);
    CHECK(parts[0].length == 360);
    CHECK(parts[0].position == 0);
    CHECK(framesOf(parts) == 1000);
    CHECK(voice.over());
}

TEST_CASE("mix: before its instant an item waits, and adds nothing") {
    auto voice = voiceAt(noon + 1s, counting(480));
    Output output{noon};
    CHECK(output.run(voice, 100).empty());
    CHECK_FALSE(voice.running);
    CHECK(framesOf(output.run(voice, 1)) == 480);
}

TEST_CASE("mix: a late item joins at the offset wall time asks for, rising from nothing") {
    auto voice = voiceAt(noon - 100ms, constant(48000));
    Output output{noon};
    const auto parts = output.run(voice, 21);
    REQUIRE(parts.size() == 21);
    CHECK(parts[0].position == 4800);
    CHECK(parts[0].offset == 0);
    CHECK(output.samples[0] == 0);
    CHECK(output.samples[4800] == doctest::Approx(0.25).epsilon(0.02));
    CHECK(output.samples[9600] == doctest::Approx(0.5));
}

TEST_CASE("mix: a voice is as loud as its gain says, beside what the media itself holds") {
    auto voice = voiceAt(noon, constant(480));
    voice.gain = 0.1F;
    Output output{noon};
    const auto parts = output.run(voice, 1);
    CHECK(output.samples[240] == doctest::Approx(0.05));
    REQUIRE(parts.size() == 1);
    CHECK(parts[0].ownSquares == doctest::Approx(480 * 0.5 * 0.5));
}

TEST_CASE("mix: an item whose time has wholly passed is over and adds nothing") {
    auto voice = voiceAt(noon - 1s, counting(4800));
    Output output{noon};
    CHECK(output.run(voice, 3).empty());
    CHECK(voice.over());
}

TEST_CASE("mix: neighbours leave no gap and do not overlap") {
    auto first = voiceAt(noon, constant(960));
    auto second = voiceAt(noon + 20ms, constant(960));
    Output output{noon};
    for (int i = 0; i < 4; ++i) {
        Block block{};
        mix(block, output.at, first);
        mix(block, output.at, second);
        output.samples.insert(output.samples.end(), block.begin(), block.end());
        output.at += 10ms;
    }
    for (const float sample : output.samples) REQUIRE(sample == 0.5F);
}

TEST_CASE("mix: two items at once add up") {
    auto first = voiceAt(noon, constant(480, 8192));
    auto second = voiceAt(noon, constant(480, 4096));
    Block block{};
    mix(block, noon, first);
    mix(block, noon, second);
    for (const float sample : block) REQUIRE(sample == 0.375F);
}

TEST_CASE("mix: a fade falls frame by frame and ends the item") {
    auto voice = voiceAt(noon, constant(48000));
    Output output{noon};
    output.run(voice, 1);
    voice.fade.moveTo(0, 960);
    output.run(voice, 3);
    for (std::size_t i = 481; i < 480 + 960; ++i) {
        REQUIRE(output.samples[i] < output.samples[i - 1]);
        REQUIRE(output.samples[i - 1] - output.samples[i] < 0.001F);
    }
    CHECK(output.samples[480 + 960] == 0);
    CHECK(voice.over());
}

TEST_CASE("mix: a slow sink clock is followed by gliding, without a jump or a resync") {
    // Blocks take 0.02 % longer by UTC than they hold: 200 ppm.
    auto voice = voiceAt(noon, counting(48000 * 20));
    Output output{noon, 2us};
    const auto parts = output.run(voice, 1500);
    const double belongs = framesIn(parts.size() * (lengthOf(blockFrames) + 2us));
    CHECK(std::abs(voice.position - belongs) < 48 * 0.5);  // half a millisecond
    CHECK(voice.resyncs == 0);
    for (std::size_t i = 1; i < 20000; ++i) REQUIRE(std::abs(output.counted(i) - output.counted(i - 1)) <= 2);
}

TEST_CASE("mix: a glide counts frames of the media, not of the output") {
    auto voice = voiceAt(noon, counting(48000));
    Output output{noon, 2us};
    CHECK(framesOf(output.run(voice, 101)) == 48000);
}

TEST_CASE("mix: when the wall clock goes forward the item skips to where it belongs") {
    auto voice = voiceAt(noon, counting(20000));
    Output output{noon};
    output.run(voice, 10);
    output.at += 200ms;
    const auto parts = output.run(voice, 1);
    REQUIRE(parts.size() == 1);
    CHECK(parts[0].position == 4800 + 9600);
    CHECK(parts[0].frames == 480);
    CHECK(voice.resyncs == 1);
}

TEST_CASE("mix: when the wall clock goes back the item waits, and repeats nothing") {
    auto voice = voiceAt(noon, counting(20000));
    Output output{noon};
    output.run(voice, 10);
    output.at -= 200ms;
    CHECK(output.run(voice, 20).empty());
    const auto parts = output.run(voice, 100);
    CHECK(parts.front().position == doctest::Approx(4800));
    CHECK(framesOf(parts) == 20000 - 4800);
    CHECK(voice.resyncs == 1);
}

TEST_CASE("mix: out of step by less than 50 ms is no reason to jump") {
    auto voice = voiceAt(noon, counting(48000 * 60));
    Output output{noon};
    output.run(voice, 10);
    output.at += 49ms;
    const auto parts = output.run(voice, 1);
    CHECK(parts[0].position == doctest::Approx(4800));
    CHECK(voice.resyncs == 0);
    for (const auto& part : output.run(voice, 200)) CHECK(part.frames <= 482);
}

TEST_CASE("pcm: sound that has passed gives its memory back, and what is left stays as it was") {
    auto pcm = counting(65536 * 3);
    const float wanted = pcm.at(65536 * 2);
    pcm.forgetBefore(65536 * 2);
    CHECK(pcm.size() == 65536 * 3);
    CHECK(pcm.at(65536 * 2) == wanted);
}
