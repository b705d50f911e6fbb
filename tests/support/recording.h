#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "scheduler/domain/time.h"
#include "tests/support/pulse_server.h"

namespace loa {

enum class Channel { left, right };

/// What a null sink sounded, with the time of every frame. Recorded by a process of its own, so that nothing that is
/// tested has a part in it.
class Recording {
public:
    /// Records the sink of `server` to files in `folder`; returns once sound comes in.
    Recording(const PulseServer& server, std::filesystem::path folder);
    /// Goes on until all that sounded before `until` is in, then stops and reads it. Throws when it never comes.
    void finish(Instant until);

    /// A stretch in which the envelope stays at `loud` of full scale or more, but for pauses shorter than `pause`.
    struct Sound {
        std::int64_t from = 0;  ///< frame of the recording
        std::int64_t to = 0;    ///< first frame after it
        std::int64_t frames() const { return to - from; }
    };
    std::vector<Sound> sounds(Channel channel, Milliseconds pause = Milliseconds{200}, double loud = 0.25) const;
    /// Frames between `from` and `to` at which the envelope of a 1 kHz tone is below a quarter of full scale.
    std::int64_t holes(Channel channel, const Sound& sound) const;
    /// When a frame sounded, in milliseconds since 1970 with their fraction.
    double millisecondsAt(std::int64_t frame) const;
    /// The loudest sample between two instants, of full scale.
    double peak(Channel channel, Instant from, Instant to) const;

private:
    bool envelopeAtLeast(Channel channel, std::int64_t frame, double loud) const;
    double sample(Channel channel, std::int64_t frame) const;
    std::optional<double> lastIndexed() const;

    std::filesystem::path prefix_;
    ServiceManager process_;
    std::vector<std::int16_t> samples_;  ///< left and right in turn
    double zeroMilliseconds_ = 0;        ///< when frame 0 sounded
    double frameMilliseconds_ = 0;       ///< how long one lasts: the sink has a rate of its own
};

}  // namespace loa
