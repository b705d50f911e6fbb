#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace loa {

/// A 16-bit WAV file of these samples (interleaved where there are two channels).
std::string wavFile(const std::vector<std::int16_t>& samples, int rate = 48000, int channels = 1);

/// Mono samples that come and go like speech: bursts of a 440 Hz tone, `peak` of full scale.
std::vector<std::int16_t> burstTone(double seconds, double peak = 0.3, int rate = 48000);

/// A good file made by GStreamer from burstTone, cached for each kind and length: "wav", "mp3", "ogg" (Vorbis), "opus",
/// "flac", "speex", "mp2", "wavpack", "mkv", "mp4", "flv"; with pictures "webm", "avi", "theora", "mp4-video", "png".
/// Throws std::runtime_error when gst-launch-1.0 or a plugin of base or good is missing.
const std::string& goodMedia(const std::string& kind, double seconds = 2.0);

/// A file that must be refused, and the code of its refusal at ingest.
struct BrokenFile {
    std::string name;  ///< what people would call it; says what is wrong with it, and lies about its kind
    std::string bytes;
    std::string refusal;
};

/// Every broken file there is: cut, damaged, disguised, empty, silent, lying. Always the same bytes.
const std::vector<BrokenFile>& brokenMedia();

/// `count` bytes that follow from `seed` alone.
std::string randomBytes(std::size_t count, std::uint32_t seed);

/// The 10 kB of `bytes` from its middle on replaced by random ones (fewer where it is short).
std::string garbageInTheMiddle(std::string bytes);

}  // namespace loa
