// Made of sines, not of a file: nothing can be missing or damaged when it is needed. Pure; any thread.
#include "player/sound/attention_signal.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "scheduler/domain/media_item.h"

namespace loa {
namespace {

constexpr double highHertz = 880;
constexpr double lowHertz = 660;
constexpr double level = 0.25;  // of full scale, a sine of -15 dBFS: speech is at -16
constexpr int toneFrames = frameRate / 2;
constexpr int edgeFrames = frameRate / 50;

void addTone(Pcm& signal, double hertz) {
    std::vector<std::int16_t> samples;
    samples.reserve(toneFrames);
    for (int frame = 0; frame < toneFrames; ++frame) {
        const double edge = std::min(
            {1.0, static_cast<double>(frame) / edgeFrames, static_cast<double>(toneFrames - 1 - frame) / edgeFrames});
        const double sine = std::sin(2 * std::numbers::pi * hertz * frame / frameRate);
        samples.push_back(static_cast<std::int16_t>(std::lround(32767 * level * edge * sine)));
    }
    signal.append(samples);
}

}  // namespace

Pcm attentionSignal() {
    Pcm signal;
    for (int time = 0; time < 2; ++time)
        for (const double hertz : {highHertz, lowHertz}) addTone(signal, hertz);
    return signal;
}

}  // namespace loa
