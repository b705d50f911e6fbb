#pragma once
#include <cstdint>

#include "scheduler/domain/airing.h"

namespace loa {

/// Below this a 100 ms window counts as silent. RMS, dBFS.
constexpr double silenceDbfs = -60;
/// From this on a 100 ms window of the media itself counts as sound: so far above silence that the quiet ends of words
/// are no proof against an output whose volume is turned down.
constexpr double soundDbfs = -40;

/// RMS and peak of a stretch of sound, as sums: they add up.
struct Loudness {
    double squares = 0;
    float peak = 0;
};

/// Gathers what reached the sink beside what the media itself holds, and answers how loud it was, and in how much of
/// the media's own sound nothing came out. Pure.
class LevelMeter {
public:
    /// `frames` that reached the sink with `heard`, of which the media itself holds `ownSquares`.
    void add(std::int64_t frames, const Loudness& heard, double ownSquares);
    /// silentShare is 1 as long as no window of the media itself was sound: silence proves nothing.
    Level level() const;

private:
    struct Window {
        std::int64_t frames = 0;
        double heard = 0;
        double own = 0;
    };
    static void close(const Window& window, std::int64_t& audible, std::int64_t& silent);

    Window window_;
    std::int64_t frames_ = 0;
    double squares_ = 0;
    float peak_ = 0;
    std::int64_t audibleWindows_ = 0;
    std::int64_t silentWindows_ = 0;
};

}  // namespace loa
