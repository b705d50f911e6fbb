#pragma once
#include <functional>
#include <string>

#include "scheduler/media/ingest/examine.h"
#include "scheduler/media/ingest_limits.h"
#include "scheduler/media/ingest_lines.h"

namespace loa {

using TellStep = std::function<void(IngestStep step, double share)>;

struct Canonical {
    std::string bytes;
    IngestFacts facts;
};

/// Decodes, measures, levels to -16 LUFS, encodes and verifies on the decoded result: frame count exact, true peak at
/// most -1.5 dBTP (tries again under a lower ceiling). Throws Error with what is wrong: see refusals.cpp.
Canonical makeCanonical(const Recording& recording, const IngestLimits& limits, const TellStep& tell);

}  // namespace loa
