#include "player/sound/attention_signal.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "scheduler/domain/media_item.h"

using namespace loa;

TEST_CASE("attention signal: two tones twice in two seconds, always as loud, never a jump") {
    const auto signal = attentionSignal();
    REQUIRE(signal.size() == 2 * frameRate);
    float peak = 0;
    float steepest = std::abs(signal.at(0));
    double squares = 0;
    std::vector<int> crossings(4);
    for (std::int64_t frame = 1; frame < signal.size(); ++frame) {
        const float sample = signal.at(frame);
        peak = std::max(peak, std::abs(sample));
        squares += static_cast<double>(sample) * static_cast<double>(sample);
        steepest = std::max(steepest, std::abs(sample - signal.at(frame - 1)));
        if (signal.at(frame - 1) < 0 && sample >= 0) ++crossings[static_cast<std::size_t>(frame / (frameRate / 2))];
    }
    CHECK(peak == doctest::Approx(0.25).epsilon(0.01));
    CHECK(10 * std::log10(squares / static_cast<double>(signal.size())) == doctest::Approx(-15).epsilon(0.03));
    CHECK(steepest < 0.03F);
    CHECK(std::abs(signal.at(signal.size() - 1)) < 0.001F);
    for (const std::size_t tone : {0U, 2U}) CHECK(std::abs(crossings[tone] - 440) <= 2);
    for (const std::size_t tone : {1U, 3U}) CHECK(std::abs(crossings[tone] - 330) <= 2);
}
