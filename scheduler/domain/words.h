#pragma once
#include <string>

namespace loa {

enum class Language { vi, en };

/// One sentence in both languages of Loa, for people: a refusal, a reason, what to do next. Vietnamese is shown first.
struct Words {
    std::string vi;
    std::string en;
    bool operator==(const Words&) const = default;
};

inline const std::string& in(Language language, const Words& words) {
    return language == Language::vi ? words.vi : words.en;
}

}  // namespace loa
