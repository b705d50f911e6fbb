#pragma once
#include <cstdint>
#include <string>

#include "scheduler/domain/id.h"
#include "scheduler/domain/time.h"

namespace loa {

/// Frames a second of every canonical file and of every output.
constexpr std::int64_t frameRate = 48000;

/// Length of `frames` at frameRate, rounded up to a whole millisecond.
constexpr Milliseconds framesToLength(std::int64_t frames) {
    return Milliseconds{(frames * 1000 + frameRate - 1) / frameRate};
}

/// The longest announcement: what a station can hold decoded in its memory.
constexpr std::chrono::minutes longestMedia{30};
/// The most frames taken from anyone: a minute more, for what an encoder adds.
constexpr std::int64_t mostFrames = std::chrono::seconds{longestMedia + std::chrono::minutes{1}}.count() * frameRate;

/// One announcement's sound, in the one canonical form: Ogg Opus, 48 kHz, mono, named by the SHA-256 of the file.
struct MediaItem {
    MediaId id;
    std::string title;         ///< what people call it
    std::int64_t bytes = 0;    ///< size of the canonical file
    std::int64_t frames = 0;   ///< exact number of frames the canonical file decodes to
    double loudnessLufs = 0;   ///< integrated, EBU R 128, decoded canonical file as two channels
    double truePeakDbtp = 0;   ///< of the same
    std::string originalName;  ///< name of the file as uploaded; empty for speech
    MediaId originalSha256;    ///< SHA-256 of the original bytes
    std::string text;          ///< what is spoken, where it was made from text
    Instant created{};
    Milliseconds length() const { return framesToLength(frames); }
    bool operator==(const MediaItem&) const = default;
};

}  // namespace loa
