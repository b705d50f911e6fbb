// libebur128 behind a small face: the only file that includes it.
#include "scheduler/media/ingest/loudness.h"

#include <ebur128.h>

#include <cmath>
#include <limits>
#include <new>

#include "scheduler/domain/media_item.h"

namespace loa {

struct LoudnessMeter::State {
    struct Destroy {
        void operator()(ebur128_state* state) const { ebur128_destroy(&state); }
    };
    std::unique_ptr<ebur128_state, Destroy> meter;
};

LoudnessMeter::LoudnessMeter(Measures measures) : state_{std::make_unique<State>()} {
    const int mode = measures == Measures::loudness ? EBUR128_MODE_I : EBUR128_MODE_I | EBUR128_MODE_TRUE_PEAK;
    state_->meter.reset(ebur128_init(1, static_cast<unsigned long>(frameRate), mode));
    if (!state_->meter) throw std::bad_alloc{};
    ebur128_set_channel(state_->meter.get(), 0, EBUR128_DUAL_MONO);
}

LoudnessMeter::~LoudnessMeter() = default;

void LoudnessMeter::add(std::span<const float> frames) {
    ebur128_add_frames_float(state_->meter.get(), frames.data(), frames.size());
}

double LoudnessMeter::lufs() const {
    double value = -std::numeric_limits<double>::infinity();
    ebur128_loudness_global(state_->meter.get(), &value);
    return value;
}

double LoudnessMeter::truePeakDbtp() const {
    double peak = 0;
    ebur128_true_peak(state_->meter.get(), 0, &peak);
    return 20 * std::log10(peak);
}

}  // namespace loa
