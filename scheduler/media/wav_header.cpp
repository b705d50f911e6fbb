// Reads the header of a WAV file (RIFF chunks, WAVE_FORMAT_PCM, _IEEE_FLOAT and _EXTENSIBLE). Pure, every access
// checked: the bytes are hostile. Never looks at the sound itself.
#include "scheduler/media/wav_header.h"

#include <optional>

#include "scheduler/media/little_endian.h"
#include "scheduler/media/refusals.h"

namespace loa {
namespace {

constexpr std::uint16_t formatPcm = 1, formatFloat = 3, formatExtensible = 0xFFFE;
// A program that writes to a pipe cannot know the size and writes the largest there is: 2^32 - 1, or near 2^31
// (espeak-ng).
constexpr std::int64_t sizeUnknownFrom = 0x7FFF'F000;

WavHeader::Samples samplesOf(std::uint16_t format, std::uint16_t bits) {
    using Samples = WavHeader::Samples;
    if (format == formatPcm && bits == 8) return Samples::unsigned8;
    if (format == formatPcm && bits == 16) return Samples::signed16;
    if (format == formatPcm && bits == 24) return Samples::signed24;
    if (format == formatPcm && bits == 32) return Samples::signed32;
    if (format == formatFloat && bits == 32) return Samples::float32;
    if (format == formatFloat && bits == 64) return Samples::float64;
    throw mediaRefusal("media-format");
}

WavHeader readFormat(std::string_view chunk) {
    if (chunk.size() < 16) throw mediaRefusal("media-damaged");
    auto format = littleEndian16(chunk, 0);
    if (format == formatExtensible && chunk.size() >= 26) format = littleEndian16(chunk, 24);
    const auto bits = littleEndian16(chunk, 14);
    WavHeader header;
    header.samples = samplesOf(format, bits);
    header.channels = littleEndian16(chunk, 2);
    if (header.channels < 1 || header.channels > 2) throw mediaRefusal("media-format");
    const auto rate = littleEndian32(chunk, 4);
    if (rate < 4000 || rate > 384000) throw mediaRefusal("media-format");
    header.rate = static_cast<int>(rate);
    header.bytesPerFrame = header.channels * (bits / 8);
    if (littleEndian16(chunk, 12) != header.bytesPerFrame) throw mediaRefusal("media-damaged");
    return header;
}

}  // namespace

WavHeader readWavHeader(std::string_view bytes) {
    std::optional<WavHeader> header;
    std::size_t at = 12;  // after "RIFF", size, "WAVE"
    while (at + 8 <= bytes.size()) {
        const auto name = bytes.substr(at, 4);
        const std::int64_t size = littleEndian32(bytes, at + 4);
        const auto left = static_cast<std::int64_t>(bytes.size() - at - 8);
        if (name == "data") {
            if (!header) throw mediaRefusal("media-damaged");
            header->dataOffset = static_cast<std::int64_t>(at) + 8;
            header->untilEnd = size >= sizeUnknownFrom;
            header->dataBytes = header->untilEnd ? left : size;
            return *header;
        }
        if (size > left) throw mediaRefusal("media-truncated");
        if (name == "fmt ") header = readFormat(bytes.substr(at + 8, static_cast<std::size_t>(size)));
        at += 8 + static_cast<std::size_t>(size + (size & 1));
    }
    throw mediaRefusal("media-truncated");
}

}  // namespace loa
