// RIFF/WAVE, the plain PCM form, written little-endian by hand. One thread; throws nothing.
#include "player/sound/wav_file.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace loa {
namespace {

constexpr std::uint32_t rate = 48000;

std::string littleEndian(std::uint32_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 0xff);
    return text;
}

}  // namespace

WavFile::WavFile(const std::filesystem::path& path) : file_{path, std::ios::binary | std::ios::trunc} {
    writeHeader();
}

WavFile::~WavFile() {
    writeHeader();
}

void WavFile::writeHeader() {
    const std::uint32_t bytes = frames_ * 2;
    file_.seekp(0);
    file_ << "RIFF" << littleEndian(36 + bytes, 4) << "WAVEfmt " << littleEndian(16, 4) << littleEndian(1, 2)
          << littleEndian(1, 2) << littleEndian(rate, 4) << littleEndian(rate * 2, 4) << littleEndian(2, 2)
          << littleEndian(16, 2) << "data" << littleEndian(bytes, 4);
    file_.seekp(0, std::ios::end);
    file_.flush();
    framesInHeader_ = frames_;
}

void WavFile::append(std::span<const float> samples) {
    std::string bytes;
    for (const float sample : samples) {
        const auto value = std::clamp(std::lround(sample * 32768.0F), -32768L, 32767L);
        bytes += littleEndian(static_cast<std::uint32_t>(value), 2);
    }
    file_ << bytes;
    frames_ += static_cast<std::uint32_t>(samples.size());
    if (frames_ - framesInHeader_ >= rate) writeHeader();
}

}  // namespace loa
