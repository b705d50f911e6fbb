#pragma once
#include "scheduler/domain/time.h"

namespace loa {

/// Tells when a decoder has stopped giving sound. CPU time decides, so that a busy machine makes no file look broken;
/// the wall clock only ends a decoder that waits for ever. Pure: told the time.
class StallWatch {
public:
    /// Both clocks of now: CPU time spent by this process, and a clock that never steps.
    void soundCame(Milliseconds cpu, Milliseconds wall) {
        cpu_ = cpu;
        wall_ = wall;
    }
    bool hasStalled(Milliseconds cpu, Milliseconds wall) const {
        return cpu - cpu_ > cpuLimit || wall - wall_ > wallLimit;
    }

    static constexpr Milliseconds cpuLimit{2000};
    static constexpr Milliseconds wallLimit{20000};

private:
    Milliseconds cpu_{};
    Milliseconds wall_{};
};

}  // namespace loa
