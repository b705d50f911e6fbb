#pragma once
#include <cstdint>
#include <string>

namespace loa {

/// The bytes of an Ogg Opus file of exactly `frames` frames (a multiple of 480): a sine of 1 kHz at 0.7 of full scale.
/// Encoded by GStreamer from Debian; throws when its plugins are not there.
std::string toneMedia(std::int64_t frames);
/// The same with nothing in it.
std::string silentMedia(std::int64_t frames);

}  // namespace loa
