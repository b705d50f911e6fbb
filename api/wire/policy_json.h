#pragma once
#include "api/wire/json.h"
#include "scheduler/domain/event.h"

namespace loa {

std::string_view toText(MessageClass messageClass);
/// Throws Error(malformed) naming the member.
MessageClass messageClassFrom(ObjectReader& reader, std::string_view member);

Json toJson(const AirPolicy& policy);
AirPolicy policyFrom(ObjectReader reader);

}  // namespace loa
