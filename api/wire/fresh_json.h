#pragma once
#include <string>
#include <string_view>

#include "scheduler/domain/fresh_statement.h"

namespace loa {

/// The payload of the document that GET /v1/stations/{station}/fresh answers with.
std::string toJson(const FreshStatement& statement);
/// Throws Error(malformed).
FreshStatement freshFromJson(std::string_view text);

}  // namespace loa
