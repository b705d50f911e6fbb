#pragma once
#include "api/wire/json.h"
#include "scheduler/domain/event.h"

namespace loa {

Json toJson(const AirPolicy& policy);
AirPolicy policyFrom(ObjectReader reader);

}  // namespace loa
