#pragma once
#include <cstdint>
#include <functional>
#include <span>

#include "scheduler/media/ingest/examine.h"
#include "scheduler/media/ingest_limits.h"

namespace loa {

/// Takes a block of decoded sound: 48 kHz, mono, full scale 1.0.
using TakeFrames = std::function<void(std::span<const float>)>;

/// Decodes a recording from beginning to end and returns the number of frames. `share` is told how far it is, 0 to 1.
/// Throws Error: "media-damaged" (the decoder gave up), "media-truncated" (less sound than the container says),
/// "media-stalled", "media-too-long", "media-too-short".
std::int64_t decode(const Recording& recording, const IngestLimits& limits, const TakeFrames& take,
                    const std::function<void(double share)>& share = {});

}  // namespace loa
