#include "scheduler/media/ingest/limiter.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <random>

#include "scheduler/media/ingest/loudness.h"

using namespace loa;

namespace {

std::vector<float> limited(const std::vector<float>& frames, double gain, double ceiling, std::size_t block = 480) {
    Limiter limiter{gain, ceiling};
    std::vector<float> out;
    for (std::size_t at = 0; at < frames.size(); at += block) {
        limiter.process(std::span{frames}.subspan(at, std::min(block, frames.size() - at)), out);
    }
    limiter.finish(out);
    return out;
}

std::vector<float> sine(double hertz, double peak, std::size_t frames = 48000, double phase = 0) {
    std::vector<float> wave(frames);
    for (std::size_t index = 0; index < frames; ++index) {
        wave[index] = static_cast<float>(
            peak * std::sin(2 * std::numbers::pi * hertz * static_cast<double>(index) / 48000 + phase));
    }
    return wave;
}

double truePeakDb(const std::vector<float>& frames) {
    LoudnessMeter meter{LoudnessMeter::Measures::loudnessAndTruePeak};
    meter.add(frames);
    return meter.truePeakDbtp();
}

}  // namespace

TEST_CASE("limiter: what stays under the ceiling is only multiplied, frame by frame, none lost or moved") {
    const auto wave = sine(1000, 0.1);
    const auto out = limited(wave, 4.0, 0.8);
    REQUIRE(out.size() == wave.size());
    for (std::size_t index = 0; index < out.size(); ++index)
        CHECK(out[index] == doctest::Approx(wave[index] * 4.0f).epsilon(1e-5));
}

TEST_CASE("limiter: an independent true-peak meter never reads more than the ceiling") {
    std::mt19937 random{42};
    std::uniform_real_distribution<float> noise{-1, 1};
    std::vector<float> bursts = sine(12000, 0.99, 48000, std::numbers::pi / 4);  // peaks lie between the samples
    for (std::size_t index = 0; index < bursts.size(); ++index) {
        if (index / 4000 % 2) bursts[index] = noise(random);
    }
    for (const double ceilingDb : {-1.5, -2.2, -6.0}) {
        CAPTURE(ceilingDb);
        const double ceiling = std::pow(10, ceilingDb / 20);
        CHECK(truePeakDb(limited(bursts, 2.0, ceiling)) <= ceilingDb + 0.1);
        CHECK(truePeakDb(limited(sine(997, 1.0), 8.0, ceiling)) <= ceilingDb + 0.1);
    }
}

TEST_CASE("limiter: the same sound comes out whatever blocks it comes in") {
    const auto wave = sine(440, 0.9);
    CHECK(limited(wave, 3.0, 0.7, 1) == limited(wave, 3.0, 0.7, 4799));
}

TEST_CASE("limiter: after a click the level comes back") {
    auto wave = sine(1000, 0.2);
    wave[10000] = 1.0f;
    const auto out = limited(wave, 2.0, 0.5);
    CHECK(std::abs(out[10000]) <= 0.5f);
    for (std::size_t index = 40000; index < 48000; ++index)
        CHECK(out[index] == doctest::Approx(wave[index] * 2.0f).epsilon(0.01));
}
