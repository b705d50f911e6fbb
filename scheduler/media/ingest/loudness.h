#pragma once
#include <memory>
#include <span>

namespace loa {

/// Measures mono sound at 48 kHz after EBU R 128 as it will be heard: the one channel on two loudspeakers (measured as
/// one it would read 3 LU too low).
class LoudnessMeter {
public:
    enum class Measures { loudness, loudnessAndTruePeak };
    explicit LoudnessMeter(Measures measures);
    ~LoudnessMeter();
    void add(std::span<const float> frames);
    double lufs() const;          ///< integrated; minus infinity where nothing rose above the gate of -70
    double truePeakDbtp() const;  ///< 4 times oversampled; minus infinity for silence; needs loudnessAndTruePeak

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace loa
