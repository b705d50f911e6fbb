#pragma once
#include <string>

#include "scheduler/domain/words.h"

namespace loa {

enum class Language { vi, en };

inline const std::string& in(Language language, const Words& words) {
    return language == Language::vi ? words.vi : words.en;
}

}  // namespace loa
