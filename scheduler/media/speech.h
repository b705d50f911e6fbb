#pragma once
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "scheduler/domain/time.h"
#include "scheduler/media/media_store.h"

namespace loa {

/// One announcement's text, in characters.
constexpr std::size_t longestSpeech = 8000;

/// Throws Error: invalid "speech-empty" when there is no word in the text, tooLarge "speech-too-long" over
/// longestSpeech.
void requireSpeakable(std::string_view text);

/// Vietnamese text as it is said: numbers, dates, times, telephone numbers, web addresses, units and the abbreviations
/// of offices in words; everything else as it stands. UTF-8, precomposed (NFC). Pure.
std::string spokenForm(std::string_view text);

/// The program that speaks. It reads UTF-8 text from its standard input and writes a WAV file to its standard output;
/// "{voice}" and "{speed}" in its arguments are filled in. Run without a shell and without an environment.
struct SpeechSettings {
    std::filesystem::path program = "/usr/bin/espeak-ng";
    std::vector<std::string> arguments = {"-v", "{voice}", "-s", "{speed}", "-b", "1", "--stdin", "--stdout"};
    std::string voice = "vi-vn-x-south";  ///< small letters, digits and dashes
    int wordsPerMinute = 150;             ///< 80 to 400
    Milliseconds deadline = std::chrono::minutes{1};
    int stopDescriptor = -1;  ///< as of ChildProgram
};

/// Speaks `text` (its spoken form) into a WAV file of the store's incoming folder, to be given to ingest. Blocks.
/// Throws Error: what requireSpeakable throws, "speech-voice", "speech-failed" (the program failed or was killed at the
/// deadline), "speech-implausible" (far too little or too much sound for the words: the wrong voice); and, unavailable,
/// what a later attempt may cure: "speech-unavailable" and what ingest throws of that kind.
IncomingFile synthesize(MediaStore& store, const SpeechSettings& settings, std::string_view text);

}  // namespace loa
