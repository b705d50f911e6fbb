#pragma once
#include <cstdint>
#include <string_view>

namespace loa {

/// What the frames of an MPEG audio layer III stream say (ISO 11172-3, 13818-3).
struct Mp3Facts {
    std::string_view sound;  ///< from the first frame to the last, without tags before and behind
    int rate = 0;
    std::int64_t frames = 0;  ///< PCM frames that all sound frames hold together
};

/// True when at least three frames in a row begin within the first 4 KiB (a cut may leave part of a frame before them).
bool startsLikeMp3(std::string_view bytes);

/// True when the first four bytes are the head of a frame, whatever follows.
bool beginsWithMp3Frame(std::string_view bytes);

/// Size of the ID3v2 tag that `bytes` begins with, header and footer counted; 0 where there is none.
std::size_t id3Bytes(std::string_view bytes);

/// Walks every frame. Throws Error: "media-truncated" (the last frame is cut, or there are fewer than the Xing, Info or
/// VBRI header counts), "media-damaged" (bytes between frames that are neither frame nor tag, or another rate half
/// way).
Mp3Facts readMp3(std::string_view bytes);

}  // namespace loa
