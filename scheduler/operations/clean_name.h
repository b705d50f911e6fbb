#pragma once
#include <string>
#include <string_view>

namespace loa {

/// What people call a place or an announcement, as Loa keeps it (cleanTitle). Throws Error(invalid): "no-name" when
/// nothing is left of it, and what cleanTitle refuses.
std::string cleanName(std::string_view name);

}  // namespace loa
