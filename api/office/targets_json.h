#pragma once
#include <vector>

#include "api/wire/json.h"
#include "scheduler/domain/event.h"

namespace loa {

/// The member "targets": texts such as "station:tan-hue" and "area:thanh-binh", at most 500. Throws Error(malformed)
/// naming it; invalid "bad-target".
std::vector<Target> targetsFrom(ObjectReader& reader);

}  // namespace loa
