#pragma once
#include <string_view>

#include "scheduler/domain/words.h"

namespace loa {

/// The first of Vietnamese and English that an Accept-Language field names (weights are not read: browsers list in
/// order of preference). Vietnamese when it names neither.
Language preferredLanguage(std::string_view acceptLanguage);

}  // namespace loa
