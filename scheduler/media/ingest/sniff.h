#pragma once
#include <string_view>

namespace loa {

/// The families told apart by their first bytes.
enum class Family { wav, ogg, flac, mp3 };

/// The family of a file. Throws Error with its own code for what people upload by mistake or disguise (video, playlist,
/// page, picture, document, text, sound in another coding). MP3 is only a guess: mp3_frames decides.
Family sniff(std::string_view bytes);

}  // namespace loa
