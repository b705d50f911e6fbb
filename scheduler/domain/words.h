#pragma once
#include <string>

namespace loa {

/// One sentence in both languages of Loa, for people: a refusal, a reason, what to do next. Vietnamese is shown first.
struct Words {
    std::string vi;
    std::string en;
    bool operator==(const Words&) const = default;
};

}  // namespace loa
