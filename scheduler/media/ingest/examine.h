#pragma once
#include <cstdint>
#include <string_view>

#include "scheduler/media/wav_header.h"

namespace loa {

/// What an original turned out to be, and the part of it that is fed to a decoder.
struct Recording {
    enum class Kind { wav, mp3, opus, vorbis, flac };
    Kind kind = Kind::wav;
    std::string_view sound;            ///< for WAV only the samples; for MP3 without tags; else the whole file
    WavHeader wav;                     ///< for Kind::wav only
    int rate = 0;                      ///< frames a second `frames` is counted in
    std::int64_t frames = 0;           ///< what the container says it holds; 0 where it does not say (streamed FLAC)
    std::int64_t toleranceFrames = 0;  ///< how many of these a decoder may lose at the edges
};

/// Tells what the bytes are by looking at them, never at a name, and walks the container to its end. Throws Error (see
/// refusals.cpp) for everything that is not whole sound of a known kind. Pure.
Recording examine(std::string_view bytes);

}  // namespace loa
