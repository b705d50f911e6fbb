// The heart of loa-sound as one pure function. The mixing loop calls it for every item and block; it never allocates,
// waits, or reads a clock, and knows nothing of GStreamer. Technique and figures: architecture.md, decision 5.
#include "player/sound/mix.h"

#include <algorithm>
#include <cmath>

namespace loa {
namespace {

constexpr double outOfStepFrames = frameRate * 0.050;
constexpr double glideFrames = frameRate;  // time constant of one second
constexpr double steepestGlide = 1e-3;
constexpr std::int64_t entryFrames = frameRate * 200 / 1000;

/// Media frames used up when the next to sound is at `position`.
std::int64_t usedUp(const Voice& voice, double position) {
    return std::min(static_cast<std::int64_t>(std::ceil(position)), voice.pcm.size());
}

float sampleAt(const Pcm& pcm, double position) {
    const auto frame = static_cast<std::int64_t>(position);
    const auto next = std::min(frame + 1, pcm.size() - 1);
    const auto fraction = static_cast<float>(position - static_cast<double>(frame));
    return pcm.at(frame) * (1 - fraction) + pcm.at(next) * fraction;
}

/// Gets a voice that is not running into step. The frame of the block it runs from; blockFrames when not in this one.
int fallIn(Voice& voice, double ideal) {
    if (ideal > voice.position + 1) voice.position = std::round(ideal);
    if (voice.position > 0) {
        voice.entry = Ramp{0};
        voice.entry.moveTo(1, entryFrames);
    }
    const double wait = std::ceil(voice.position - ideal);
    if (wait >= blockFrames || voice.over()) return blockFrames;
    voice.running = true;
    return std::max(0, static_cast<int>(wait));
}

}  // namespace

void Ramp::moveTo(float target, std::int64_t frames) {
    const float from = gain();
    target_ = target;
    left_ = frames;
    step_ = frames > 0 ? (target - from) / static_cast<float>(frames) : 0;
}

float Ramp::next() {
    const float now = gain();
    if (left_ > 0) --left_;
    return now;
}

std::optional<Part> mix(Block& block, FineInstant blockAt, Voice& voice) {
    if (voice.over()) return std::nullopt;
    const double ideal = voice.atOnce ? voice.position : framesIn(blockAt - voice.at);
    if (voice.running && std::abs(ideal - voice.position) > outOfStepFrames) {
        voice.running = false;
        ++voice.resyncs;
    }
    const int offset = voice.running ? 0 : fallIn(voice, ideal);
    if (offset == blockFrames || voice.over()) return std::nullopt;

    const double deviation = voice.atOnce ? 0 : ideal + offset - voice.position;
    const double rate = 1 + std::clamp(deviation / glideFrames, -steepestGlide, steepestGlide);
    Part part{.offset = offset, .length = 0, .position = voice.position, .frames = 0, .ownSquares = 0};
    for (int i = offset; i < blockFrames && !voice.over(); ++i, voice.position += rate) {
        const float own = sampleAt(voice.pcm, voice.position);
        block[static_cast<std::size_t>(i)] += own * voice.gain * voice.fade.next() * voice.entry.next();
        part.ownSquares += static_cast<double>(own) * static_cast<double>(own);
        ++part.length;
    }
    part.frames = usedUp(voice, voice.position) - usedUp(voice, part.position);
    voice.pcm.forgetBefore(static_cast<std::int64_t>(voice.position));
    return part;
}

}  // namespace loa
