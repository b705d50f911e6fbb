#pragma once
#include <cstdint>
#include <span>
#include <string>

#include "scheduler/media/ingest/pipeline.h"

namespace loa {

/// Writes the canonical form: Ogg Opus, 48 kHz, mono, 48 kbit/s. The same frames give the same bytes (and so the same
/// name).
class OpusEncoder {
public:
    OpusEncoder();
    /// Takes 48 kHz mono frames; waits while the encoder is behind. Throws Error "media-broken" when it fails.
    void add(std::span<const float> frames);
    /// Ends the file and returns it whole. Throws as add.
    std::string finish();

private:
    bool takeWritten();

    Pipeline pipeline_;
    std::int64_t frames_ = 0;
    std::string bytes_;
};

}  // namespace loa
