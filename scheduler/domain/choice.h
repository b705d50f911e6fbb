#pragma once
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace loa {

/// The one word of each value of an enum, the same in JSON, SQL, iCalendar and on the wire between the programs. Beside
/// each enum that leaves the program stands
/// `template <> inline constexpr auto choiceWords<Enum> = wordsFor<Enum>({{Enum::first, "first"}, …});`
template <class Choice>
inline constexpr int choiceWords = 0;

template <class Choice, std::size_t count>
constexpr auto wordsFor(const std::pair<Choice, std::string_view> (&pairs)[count]) {
    std::array<std::pair<Choice, std::string_view>, count> words;
    for (std::size_t i = 0; i < count; ++i) words[i] = pairs[i];
    return words;
}

/// An enum that has its words.
template <class Choice>
concept Worded = requires {
    choiceWords<Choice>.size();
};

template <Worded Choice>
constexpr std::string_view toText(Choice value) {
    for (const auto& [choice, word] : choiceWords<Choice>)
        if (choice == value) return word;
    return {};
}

/// Empty when no value has this word.
template <Worded Choice>
constexpr std::optional<Choice> choiceFromText(std::string_view text) {
    for (const auto& [choice, word] : choiceWords<Choice>)
        if (word == text) return choice;
    return std::nullopt;
}

}  // namespace loa
