#pragma once
#include <string_view>
#include <vector>

#include "api/signing/signing.h"
#include "scheduler/domain/manifest.h"

namespace loa {

/// The plan in a signed document. Throws Error when no trusted key signed it, when it is malformed, when it is another
/// station's, when its slots are not in order of time, or when nobody has approved one that was still to come.
Manifest verifiedManifest(std::string_view document, const std::vector<VerifyingKey>& officeKeys,
                          const StationId& station);

}  // namespace loa
