#pragma once
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

namespace loa {

/// One linear gain, then a true-peak limiter that looks 5 ms ahead. As many frames come out as go in. Pure: the same
/// input gives the same output, in whatever blocks it comes.
///
/// How: a 4 times oversampled peak is taken at each frame; the gain that frame needs is held over the look-ahead by a
/// sliding minimum, let go slowly, and smoothed by a running mean over the same window, which can never exceed what any
/// frame inside it needs. So the gain never jumps and the peak never passes.
class Limiter {
public:
    /// `gain` is a factor; `ceiling` the largest true peak let through, 1.0 being full scale.
    Limiter(double gain, double ceiling);

    /// Takes a block and appends what is ready to `out`.
    void process(std::span<const float> frames, std::vector<float>& out);
    /// Appends the rest.
    void finish(std::vector<float>& out);

private:
    void take(float frame, std::vector<float>& out);
    double truePeak() const;
    double heldGain(double needed);

    double gain_, ceiling_;
    std::vector<float> recent_;  // the taps of the oversampler, newest last
    std::deque<float> delayed_;  // frames waiting for their gain
    struct Needed {
        std::int64_t at;
        double gain;
    };
    std::deque<Needed> minimum_;    // rising gains: the front is the least inside the window
    std::vector<double> smoothed_;  // ring of the last held gains
    double sum_ = 0;
    double released_ = 1.0;
    std::int64_t taken_ = 0, given_ = 0;
};

}  // namespace loa
