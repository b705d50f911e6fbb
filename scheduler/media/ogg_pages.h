#pragma once
#include <cstdint>
#include <string_view>

namespace loa {

/// What the pages of an Ogg file say (RFC 3533, RFC 7845, Vorbis I).
struct OggFacts {
    enum class Codec { opus, vorbis };
    Codec codec = Codec::opus;
    int channels = 0;
    int rate = 0;             ///< frames a second the counts below are in; 48000 for Opus
    std::int64_t frames = 0;  ///< by the last page's granule position, without the frames to skip at the start
};

/// Walks every page: checksum, one stream only, no page missing, an end. Throws Error: "media-truncated" (no last
/// page), "media-damaged" (checksum, order, bytes between pages), "media-video" (a picture stream in it),
/// "media-format" (another codec, several streams, more than two channels).
OggFacts readOgg(std::string_view bytes);

}  // namespace loa
