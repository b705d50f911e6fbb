#pragma once
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

#include "player/sound/hang_watch.h"
#include "player/sound/pcm.h"
#include "player/wire/sound_messages.h"

namespace loa {

/// What came of decoding: the sound, or why there is none.
struct Decoded {
    std::optional<Pcm> pcm;
    Refused::Why why = Refused::Why::damaged;
    std::string detail;
};

/// Decodes the Ogg Opus file in `memory`, a sealed memfd, to exactly `frames` frames, at most mostFrames. Ends within
/// ten seconds and a tenth of its length, whatever the bytes are. More frames than asked for is damage; 3 s without a
/// frame, or the whole time and not at the end, is slow. What is no sealed memory is refused without reading from it,
/// so that a descriptor that blocks cannot. Never throws for what is in the file.
Decoded decode(int memory, std::int64_t frames, const std::atomic<bool>& cancelled, HangWatch& watch);

}  // namespace loa
