#pragma once
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <span>

namespace loa {

/// A mono 16-bit 48 kHz WAV file that grows. Its header is true after every second of sound, so that a program killed
/// in the middle leaves a file that plays. Whether the disk took it is not asked.
class WavFile {
public:
    explicit WavFile(const std::filesystem::path& path);
    ~WavFile();
    void append(std::span<const float> samples);

private:
    void writeHeader();

    std::ofstream file_;
    std::uint32_t frames_ = 0;
    std::uint32_t framesInHeader_ = 0;
};

}  // namespace loa
