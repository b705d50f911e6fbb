// Decodes one recording through the chain for its kind. Runs on the caller's thread, GStreamer decodes on its own;
// feeds a little at a time, so memory stays small whatever the file claims. Never seeks, never trusts a duration.
#include "scheduler/media/ingest/decode.h"

#include <time.h>

#include <cmath>
#include <string>

#include "scheduler/domain/media_item.h"
#include "scheduler/media/ingest/pipeline.h"
#include "scheduler/media/ingest/stall_watch.h"
#include "scheduler/media/refusals.h"

namespace loa {
namespace {

Milliseconds readClock(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    return std::chrono::duration_cast<Milliseconds>(std::chrono::seconds{now.tv_sec} +
                                                    std::chrono::nanoseconds{now.tv_nsec});
}

std::string rawCaps(const WavHeader& wav) {
    const char* format = "S16LE";
    switch (wav.samples) {
        case WavHeader::Samples::unsigned8:
            format = "U8";
            break;
        case WavHeader::Samples::signed16:
            format = "S16LE";
            break;
        case WavHeader::Samples::signed24:
            format = "S24LE";
            break;
        case WavHeader::Samples::signed32:
            format = "S32LE";
            break;
        case WavHeader::Samples::float32:
            format = "F32LE";
            break;
        case WavHeader::Samples::float64:
            format = "F64LE";
            break;
    }
    return std::string{"audio/x-raw,layout=interleaved,format="} + format + ",rate=" + std::to_string(wav.rate) +
           ",channels=" + std::to_string(wav.channels);
}

// max-errors=0: the first thing a decoder cannot read ends it; by default it would leave a hole and go on.
Pipeline pipelineFor(const Recording& recording) {
    constexpr std::string_view out = "audio/x-raw,format=F32LE,rate=48000,channels=1,layout=interleaved";
    switch (recording.kind) {
        case Recording::Kind::wav:
            return {rawCaps(recording.wav), {"audioconvert", "audioresample"}, out};
        case Recording::Kind::mp3:
            return {"", {"mpegaudioparse", "mpg123audiodec max-errors=0", "audioconvert", "audioresample"}, out};
        case Recording::Kind::opus:
            return {"", {"oggdemux", "opusdec max-errors=0", "audioconvert", "audioresample"}, out};
        case Recording::Kind::vorbis:
            return {"", {"oggdemux", "vorbisdec max-errors=0", "audioconvert", "audioresample"}, out};
        case Recording::Kind::flac:
            return {"", {"flacparse", "flacdec max-errors=0", "audioconvert", "audioresample"}, out};
    }
    throw mediaRefusal("media-format");
}

// Hands the bytes over piece by piece, only while the pipeline has room. Whole frames for WAV: no block is cut inside
// one.
class Feed {
public:
    Feed(const Recording& recording, Pipeline& pipeline) : rest_{recording.sound}, pipeline_{pipeline} {
        if (recording.kind == Recording::Kind::wav)
            piece_ -= piece_ % static_cast<std::size_t>(recording.wav.bytesPerFrame);
    }
    void top() {
        while (!ended_ && pipeline_.wantsMore()) {
            const auto piece = rest_.substr(0, piece_);
            rest_.remove_prefix(piece.size());
            if (!piece.empty()) pipeline_.push(std::as_bytes(std::span{piece.data(), piece.size()}));
            if (rest_.empty()) {
                pipeline_.endInput();
                ended_ = true;
            }
        }
    }
    std::size_t left() const { return rest_.size(); }

private:
    std::string_view rest_;
    Pipeline& pipeline_;
    std::size_t piece_ = 65536;
    bool ended_ = false;
};

std::span<const float> asFrames(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const float*>(bytes.data()), bytes.size() / sizeof(float)};
}

// A float file may hold anything: what is no number would poison every measure after it.
void checkFinite(std::span<const float> frames) {
    for (const float frame : frames) {
        if (!std::isfinite(frame)) throw mediaRefusal("media-damaged");
    }
}

// Before work is done. A FLAC that does not know its length is counted while it is decoded.
void checkClaim(const Recording& recording, const IngestLimits& limits) {
    const auto claimed = static_cast<double>(recording.frames) * 1000 / recording.rate;
    if (claimed > static_cast<double>(limits.longest.count())) throw mediaRefusal("media-too-long", limits);
    const bool isKnown = recording.kind != Recording::Kind::flac || recording.frames > 0;
    if (isKnown && claimed < static_cast<double>(limits.shortest.count()))
        throw mediaRefusal("media-too-short", limits);
}

void checkLength(const Recording& recording, std::int64_t frames, const IngestLimits& limits) {
    const auto expected = (recording.frames - recording.toleranceFrames) * frameRate / recording.rate;
    if (frames < expected) throw mediaRefusal("media-truncated", limits);
    if (frames * 1000 < limits.shortest.count() * frameRate) throw mediaRefusal("media-too-short", limits);
}

}  // namespace

std::int64_t decode(const Recording& recording, const IngestLimits& limits, const TakeFrames& take,
                    const std::function<void(double)>& share) {
    checkClaim(recording, limits);
    const auto longestFrames = limits.longest.count() * frameRate / 1000;
    Pipeline pipeline = pipelineFor(recording);
    Feed feed{recording, pipeline};
    StallWatch watch;
    watch.soundCame(readClock(CLOCK_PROCESS_CPUTIME_ID), readClock(CLOCK_MONOTONIC));
    std::int64_t frames = 0;
    for (;;) {
        feed.top();
        const auto before = frames;
        const auto pulled = pipeline.pull([&](std::span<const std::byte> bytes) {
            const auto block = asFrames(bytes);
            frames += static_cast<std::int64_t>(block.size());
            if (frames > longestFrames) throw mediaRefusal("media-too-long", limits);
            checkFinite(block);
            take(block);
        });
        if (pulled == Pipeline::Pulled::failed) throw mediaRefusal("media-damaged", limits);
        if (pulled == Pipeline::Pulled::end) break;
        const auto cpu = readClock(CLOCK_PROCESS_CPUTIME_ID), wall = readClock(CLOCK_MONOTONIC);
        if (frames > before) watch.soundCame(cpu, wall);
        if (watch.hasStalled(cpu, wall)) throw mediaRefusal("media-stalled", limits);
        if (share) share(1.0 - static_cast<double>(feed.left()) / static_cast<double>(recording.sound.size()));
    }
    checkLength(recording, frames, limits);
    return frames;
}

}  // namespace loa
