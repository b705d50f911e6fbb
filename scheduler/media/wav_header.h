#pragma once
#include <cstdint>
#include <string_view>

namespace loa {

/// What the header of a WAV file says. Only linear PCM and float, one or two channels, 4 kHz to 384 kHz are accepted.
struct WavHeader {
    enum class Samples { unsigned8, signed16, signed24, signed32, float32, float64 };
    Samples samples = Samples::signed16;
    int channels = 1;
    int rate = 0;  ///< frames a second
    std::int64_t bytesPerFrame = 0;
    std::int64_t dataOffset = 0;  ///< first byte of sound
    std::int64_t dataBytes = 0;   ///< as claimed, or what is left of the file where `untilEnd`
    bool untilEnd = false;        ///< written by a program that could not know the size (a pipe)
};

/// Reads the chunks of a RIFF WAVE file up to its sound. Throws Error "media-format" for a coding that is not accepted
/// and "media-damaged" for chunks that do not add up.
WavHeader readWavHeader(std::string_view bytes);

}  // namespace loa
