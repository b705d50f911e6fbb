#pragma once
#include <array>
#include <cstdint>
#include <optional>

#include "player/sound/fine_time.h"
#include "player/sound/pcm.h"

namespace loa {

/// The unit of everything: 10 ms.
constexpr int blockFrames = 480;
using Block = std::array<float, blockFrames>;

/// A gain that moves in a straight line, frame by frame.
class Ramp {
public:
    explicit Ramp(float gain = 1) : target_{gain} {}
    /// Reaches `target` after exactly `frames`.
    void moveTo(float target, std::int64_t frames);
    float next();
    /// Arrived at nothing.
    bool silent() const { return left_ == 0 && target_ == 0; }

private:
    float gain() const { return target_ - step_ * static_cast<float>(left_); }

    float target_;
    float step_ = 0;
    std::int64_t left_ = 0;  ///< frames until the target
};

/// An item as the mix sees it: its sound, where frame 0 belongs, and how far it is.
struct Voice {
    Pcm pcm;
    FineInstant at{};
    bool atOnce = false;  ///< `at` has no say: it goes on at the output's own pace from where it is
    float gain = 1;
    Ramp fade;             ///< to nothing, when told to stop
    Ramp entry;            ///< from nothing, after a join in the middle: nobody shall start at a sudden voice
    double position = 0;   ///< of the next frame to sound
    bool running = false;  ///< false until its instant comes, and again while out of step with it
    int resyncs = 0;       ///< how often it was more than 50 ms out of step
    bool over() const { return position >= static_cast<double>(pcm.size()) || fade.silent(); }
};

/// What a voice added to one block.
struct Part {
    int offset = 0;           ///< first frame of the block it touched
    int length = 0;           ///< frames of the block it touched
    double position = 0;      ///< of the media, at the first of them
    std::int64_t frames = 0;  ///< of the media, used up
    double ownSquares = 0;    ///< of the media itself, before gain and fades: where a listener should get sound
};

/// Adds to `block`, whose first frame sounds at `blockAt`, what belongs there of `voice`. Where the voice should be is
/// arithmetic on UTC: before its instant it waits; late, it joins at the offset the instant asks for; up to 50 ms out
/// of step it glides (1 s time constant, at most 0.1 %); beyond, it skips or waits. One that sounds at once is always
/// in step. No clock inside. Empty when nothing belonged there.
std::optional<Part> mix(Block& block, FineInstant blockAt, Voice& voice);

}  // namespace loa
