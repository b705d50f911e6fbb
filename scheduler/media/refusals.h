#pragma once
#include <cstdint>
#include <string_view>

#include "scheduler/domain/error.h"
#include "scheduler/media/ingest_limits.h"

namespace loa {

/// The Error for one of the codes a file is refused with ("media-silent"). The words come from here only: loa-ingest,
/// which has read hostile bytes, sends nothing but the code. A code nobody knows becomes "media-broken".
Error mediaRefusal(std::string_view code, const IngestLimits& limits = {}, std::int64_t originalBytes = 0);

}  // namespace loa
