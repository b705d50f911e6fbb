// See level.h. Fed block by block with what has passed the sink clock; no thread of its own, no clock.
#include "player/sound/level.h"

#include <algorithm>
#include <cmath>

#include "scheduler/domain/media_item.h"

namespace loa {
namespace {

constexpr std::int64_t windowFrames = frameRate / 10;
constexpr double floorDbfs = -120;

double dbfsOfPower(double power) {
    return power > 0 ? std::max(floorDbfs, 10 * std::log10(power)) : floorDbfs;
}

}  // namespace

void LevelMeter::add(std::int64_t frames, const Loudness& heard, double ownSquares) {
    frames_ += frames;
    squares_ += heard.squares;
    peak_ = std::max(peak_, heard.peak);
    window_.frames += frames;
    window_.heard += heard.squares;
    window_.own += ownSquares;
    if (window_.frames < windowFrames) return;
    close(window_, audibleWindows_, silentWindows_);
    window_ = {};
}

void LevelMeter::close(const Window& window, std::int64_t& audible, std::int64_t& silent) {
    const auto frames = static_cast<double>(window.frames);
    if (window.frames == 0 || dbfsOfPower(window.own / frames) < soundDbfs) return;
    ++audible;
    if (dbfsOfPower(window.heard / frames) < silenceDbfs) ++silent;
}

Level LevelMeter::level() const {
    Level level;
    if (frames_ == 0) return level;
    auto audible = audibleWindows_;
    auto silent = silentWindows_;
    close(window_, audible, silent);
    level.rmsDbfs = dbfsOfPower(squares_ / static_cast<double>(frames_));
    level.peakDbfs = dbfsOfPower(static_cast<double>(peak_) * static_cast<double>(peak_));
    level.silentShare = audible > 0 ? static_cast<double>(silent) / static_cast<double>(audible) : 1;
    return level;
}

}  // namespace loa
