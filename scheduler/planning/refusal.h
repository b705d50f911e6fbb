#pragma once
#include <string>

#include "scheduler/domain/words.h"

namespace loa {

/// Why something may not sound; the code is kebab-case and stays the same for ever.
struct Refusal {
    std::string code;
    Words words;
    bool operator==(const Refusal&) const = default;
};

}  // namespace loa
