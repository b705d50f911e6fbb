#pragma once
#include <string>
#include <string_view>

#include "scheduler/domain/manifest.h"

namespace loa {

/// The JSON text of a manifest: what is signed, sent and kept. The same manifest always gives the same bytes.
std::string toJson(const Manifest& manifest);

/// Throws Error(malformed) when a member is missing, unknown, doubled, of the wrong type or out of range.
Manifest manifestFromJson(std::string_view text);

}  // namespace loa
