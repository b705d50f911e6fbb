#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace loa {

/// The tables of the normaliser. One more word is one more row in spoken_words.cpp. Empty where a table has no such
/// row.
std::string_view abbreviationWords(std::string_view abbreviation);  ///< "UBND": exact letters
std::string_view unitWords(std::string_view unit);                  ///< "km", behind a number only
std::string_view addressWords(std::string_view label);              ///< a part of a web address, small letters
std::string_view symbolWords(std::string_view symbol);              ///< "&"

/// A number that is called, not counted: 1022 wherever it stands; others where `before`, the word before, says so.
bool isHotline(std::string_view digits, std::string_view before);

/// Names of the letters, for capitals that make no word ("VTV"); empty where the word can be read.
std::string spelled(std::string_view capitals);

}  // namespace loa
