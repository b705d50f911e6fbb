// The one encoder there is. Keeps the file in memory (30 minutes have 11 MB): nothing is written before it is verified.
#include "scheduler/media/ingest/opus_encoder.h"

#include <glib.h>

#include "scheduler/media/refusals.h"

namespace loa {
namespace {

Pipeline makePipeline() {
    // oggmux draws the stream's serial number from this generator: one seed, one serial, one file for one sound.
    g_random_set_seed(1022);
    return {"audio/x-raw,format=F32LE,rate=48000,channels=1,layout=interleaved",
            {"audioconvert dithering=none noise-shaping=none", "opusenc bitrate=48000", "oggmux"},
            "application/ogg;audio/ogg"};
}

}  // namespace

OpusEncoder::OpusEncoder() : pipeline_{makePipeline()} {}

void OpusEncoder::add(std::span<const float> frames) {
    pipeline_.push(frames, frames_);
    frames_ += static_cast<std::int64_t>(frames.size());
    while (!pipeline_.wantsMore()) takeWritten();
}

std::string OpusEncoder::finish() {
    pipeline_.endInput();
    while (takeWritten()) {
    }
    return std::move(bytes_);
}

bool OpusEncoder::takeWritten() {
    const auto pulled = pipeline_.pull([&](std::span<const std::byte> bytes) {
        bytes_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    });
    if (pulled == Pipeline::Pulled::failed) throw mediaRefusal("media-broken");
    return pulled != Pipeline::Pulled::end;
}

}  // namespace loa
