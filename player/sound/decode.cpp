// One file to frames, through an explicit pipeline: what is not Ogg Opus finds no element that would take it. Runs on
// the decoding thread beside items on air, never on the mixing loop. GStreamer's buffers hold three times their data,
// so the frames are copied out and the buffers given back.
#include "player/sound/decode.h"

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>

#include <memory>
#include <stdexcept>

#include "player/sound/gst_handle.h"
#include "player/sound/sealed_memory.h"
#include "scheduler/domain/error.h"
#include "scheduler/domain/kill_point.h"
#include "scheduler/domain/media_item.h"

namespace loa {
namespace {

constexpr Nanoseconds noFrameLimit = std::chrono::seconds{3};
constexpr Nanoseconds leastLimit = std::chrono::seconds{9};
constexpr int fasterThanSounding = 10;  ///< the slowest board decodes so many times as fast as it sounds
constexpr auto pipelineText =
    "appsrc name=source ! oggdemux ! opusdec ! audioconvert ! audioresample ! "
    "audio/x-raw,format=S16LE,rate=48000,channels=1,layout=interleaved ! appsink name=sink sync=false max-buffers=64";

/// The machine did not get there in time. That says nothing of the file.
struct TooSlow : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class DecodingPipeline {
public:
    DecodingPipeline(const SealedMemory& memory, HangWatch& watch)
        : watch_{watch}, pipeline_{parsePipeline(pipelineText)} {
        const GstHandle<GstElement> source{gst_bin_get_by_name(GST_BIN(pipeline_.get()), "source")};
        sink_.reset(gst_bin_get_by_name(GST_BIN(pipeline_.get()), "sink"));
        watch_.during([&] { return gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING); });
        GstBuffer* bytes = gst_buffer_new_wrapped_full(GST_MEMORY_FLAG_READONLY, const_cast<void*>(memory.data()),
                                                       memory.size(), 0, memory.size(), nullptr, nullptr);
        gst_app_src_push_buffer(GST_APP_SRC(source.get()), bytes);
        gst_app_src_end_of_stream(GST_APP_SRC(source.get()));
    }
    ~DecodingPipeline() {
        watch_.during([&] { return gst_element_set_state(pipeline_.get(), GST_STATE_NULL); });
    }
    DecodingPipeline(const DecodingPipeline&) = delete;
    DecodingPipeline& operator=(const DecodingPipeline&) = delete;

    /// Appends the next frames, waiting for them up to 50 ms. False when none came.
    bool pull(Pcm& pcm) {
        GstSample* sample = gst_app_sink_try_pull_sample(GST_APP_SINK(sink_.get()), 50 * GST_MSECOND);
        if (!sample) return false;
        GstMapInfo map;
        GstBuffer* buffer = gst_sample_get_buffer(sample);
        const auto before = pcm.size();
        if (buffer && gst_buffer_map(buffer, &map, GST_MAP_READ)) {
            pcm.append({reinterpret_cast<const std::int16_t*>(map.data), map.size / sizeof(std::int16_t)});
            gst_buffer_unmap(buffer, &map);
        }
        gst_sample_unref(sample);
        return pcm.size() > before;
    }
    bool atEnd() const { return gst_app_sink_is_eos(GST_APP_SINK(sink_.get())); }
    std::optional<std::string> error() const { return takeError(pipeline_.get(), 0); }

private:
    HangWatch& watch_;
    GstHandle<GstElement> pipeline_;
    GstHandle<GstElement> sink_;
};

/// All frames of the file. Throws TooSlow, or std::runtime_error for damage.
Pcm decodeAll(DecodingPipeline& pipeline, std::int64_t frames, const std::atomic<bool>& cancelled) {
    Pcm pcm;
    auto lastFrame = monotonicNow();
    const auto deadline = lastFrame + leastLimit + lengthOf(frames) / fasterThanSounding;
    for (;;) {
        if (cancelled) throw std::runtime_error("no longer wanted");
        const bool grew = pipeline.pull(pcm);
        if (const auto error = pipeline.error()) throw std::runtime_error(*error);
        if (pcm.size() > frames)
            throw std::runtime_error("more than the " + std::to_string(frames) + " frames promised");
        if (!grew && pipeline.atEnd()) return pcm;
        const auto now = monotonicNow();
        if (grew) lastFrame = now;
        if (now - lastFrame > noFrameLimit) throw TooSlow("no frame in 3 s");
        if (now > deadline) throw TooSlow("not decoded in 9 s and a tenth of its length");
    }
}

}  // namespace

Decoded decode(int memory, std::int64_t frames, const std::atomic<bool>& cancelled, HangWatch& watch) try {
    if (frames > mostFrames) return {std::nullopt, Refused::Why::damaged, "longer than 31 minutes"};
    const SealedMemory bytes{memory};
    if (!bytes.text().starts_with("OggS")) throw std::runtime_error("not an Ogg file from its first byte");
    killPoint("sound.decoding");
    DecodingPipeline pipeline{bytes, watch};
    Pcm pcm = decodeAll(pipeline, frames, cancelled);
    if (pcm.size() == frames) return {std::move(pcm), {}, ""};
    if (pcm.size() == 0) return {std::nullopt, Refused::Why::damaged, "no sound in it"};
    return {std::nullopt, Refused::Why::truncated,
            std::to_string(pcm.size()) + " of " + std::to_string(frames) + " frames"};
} catch (const TooSlow& fault) {
    return {std::nullopt, Refused::Why::slow, fault.what()};
} catch (const std::exception& fault) {
    return {std::nullopt, Refused::Why::damaged, fault.what()};
}

}  // namespace loa
