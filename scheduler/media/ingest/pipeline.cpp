// The only file of the media folder that calls GStreamer. Explicit chains fed from memory: no element that could open
// anything is in the plugin directory, and nothing here guesses types. Never called before loadPlugins.
#include "scheduler/media/ingest/pipeline.h"

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>
#include <gst/gst.h>
#include <stdlib.h>

#include <optional>
#include <string>

#include "scheduler/media/refusals.h"

namespace loa {
namespace {

struct Unref {
    void operator()(gpointer object) const { gst_object_unref(object); }
};
struct UnrefCaps {
    void operator()(GstCaps* caps) const { gst_caps_unref(caps); }
};
struct UnrefMini {
    void operator()(GstSample* sample) const { gst_sample_unref(sample); }
    void operator()(GstMessage* message) const { gst_message_unref(message); }
};
// The bytes of a buffer while it is looked at.
struct Mapped {
    explicit Mapped(GstBuffer* from) : buffer{from} {
        if (buffer == nullptr || !gst_buffer_map(buffer, &map, GST_MAP_READ)) return;
        bytes = {reinterpret_cast<const std::byte*>(map.data), map.size};
    }
    ~Mapped() {
        if (bytes) gst_buffer_unmap(buffer, &map);
    }
    Mapped(const Mapped&) = delete;
    Mapped& operator=(const Mapped&) = delete;
    GstBuffer* buffer;
    GstMapInfo map{};
    std::optional<std::span<const std::byte>> bytes;
};

using Caps = std::unique_ptr<GstCaps, UnrefCaps>;

Caps capsOf(std::string_view text) {
    return Caps{gst_caps_from_string(std::string{text}.c_str())};
}

// "opusenc bitrate=48000 complexity=10"
GstElement* makeElement(std::string_view description) {
    const auto nameEnd = description.find(' ');
    GstElement* element = gst_element_factory_make(std::string{description.substr(0, nameEnd)}.c_str(), nullptr);
    if (element == nullptr) throw mediaRefusal("media-broken");
    for (auto at = nameEnd; at != std::string_view::npos;) {
        const auto next = description.find(' ', at + 1);
        const auto setting = description.substr(at + 1, next == std::string_view::npos ? next : next - at - 1);
        const auto equals = setting.find('=');
        gst_util_set_object_arg(G_OBJECT(element), std::string{setting.substr(0, equals)}.c_str(),
                                std::string{setting.substr(equals + 1)}.c_str());
        at = next;
    }
    return element;
}

void linkDemuxed(GstElement*, GstPad* pad, gpointer next) {
    GstPad* sink = gst_element_get_static_pad(GST_ELEMENT(next), "sink");
    if (!gst_pad_is_linked(sink)) gst_pad_link(pad, sink);
    gst_object_unref(sink);
}

}  // namespace

// A bin instead of a GstPipeline, and a bus that nobody polls: no clock is needed, and a polled bus wants a socket
// pair, which the cage does not give.
struct Pipeline::State {
    std::unique_ptr<GstElement, Unref> bin{GST_ELEMENT(gst_object_ref_sink(gst_bin_new(nullptr)))};
    GstElement* source = nullptr;  // owned by the bin, as is the sink
    GstElement* sink = nullptr;
    std::unique_ptr<GstBus, Unref> bus{GST_BUS(g_object_new(GST_TYPE_BUS, "enable-async", FALSE, nullptr))};

    bool hasFailed() const {
        const std::unique_ptr<GstMessage, UnrefMini> message{gst_bus_pop_filtered(bus.get(), GST_MESSAGE_ERROR)};
        return message != nullptr;
    }
};

Pipeline::Pipeline(std::string_view inputCaps, const std::vector<std::string_view>& elements,
                   std::string_view outputCaps)
    : state_{std::make_unique<State>()} {
    GstBin* bin = GST_BIN(state_->bin.get());
    gst_element_set_bus(state_->bin.get(), state_->bus.get());
    const auto add = [&](std::string_view description) {
        GstElement* element = makeElement(description);
        gst_bin_add(bin, element);
        return element;
    };
    state_->source = add(inputCaps.empty() ? "appsrc format=bytes max-bytes=0" : "appsrc format=time max-bytes=0");
    if (!inputCaps.empty()) gst_app_src_set_caps(GST_APP_SRC(state_->source), capsOf(inputCaps).get());
    GstElement* before = state_->source;
    std::string_view descriptionBefore;
    for (const auto description : elements) {
        GstElement* next = add(description);
        if (descriptionBefore == "oggdemux") {
            g_signal_connect(before, "pad-added", G_CALLBACK(linkDemuxed), next);
        } else if (!gst_element_link(before, next)) {
            throw mediaRefusal("media-broken");
        }
        before = next;
        descriptionBefore = description;
    }
    state_->sink = add("appsink sync=false max-buffers=16");
    gst_app_sink_set_caps(GST_APP_SINK(state_->sink), capsOf(outputCaps).get());
    if (!gst_element_link(before, state_->sink)) throw mediaRefusal("media-broken");
    gst_element_set_state(state_->bin.get(), GST_STATE_PLAYING);
}

Pipeline::~Pipeline() {
    gst_element_set_state(state_->bin.get(), GST_STATE_NULL);
}

Pipeline::Pulled Pipeline::pull(const std::function<void(std::span<const std::byte>)>& take) {
    GstAppSink* sink = GST_APP_SINK(state_->sink);
    const std::unique_ptr<GstSample, UnrefMini> sample{gst_app_sink_try_pull_sample(sink, 50 * GST_MSECOND)};
    if (sample == nullptr) {
        if (state_->hasFailed()) return Pulled::failed;
        return gst_app_sink_is_eos(sink) ? Pulled::end : Pulled::nothingYet;
    }
    const Mapped mapped{gst_sample_get_buffer(sample.get())};
    if (!mapped.bytes) return Pulled::failed;
    take(*mapped.bytes);
    return Pulled::block;
}

bool Pipeline::wantsMore() const {
    constexpr guint64 waitingBytes = 1'000'000;
    return gst_app_src_get_current_level_bytes(GST_APP_SRC(state_->source)) < waitingBytes;
}

void Pipeline::push(std::span<const std::byte> bytes) {
    GstBuffer* buffer = gst_buffer_new_memdup(bytes.data(), bytes.size());
    gst_app_src_push_buffer(GST_APP_SRC(state_->source), buffer);
}

void Pipeline::push(std::span<const float> frames, std::int64_t at) {
    const auto bytes = std::as_bytes(frames);
    GstBuffer* buffer = gst_buffer_new_memdup(bytes.data(), bytes.size());
    constexpr guint64 rate = 48000;
    GST_BUFFER_PTS(buffer) = gst_util_uint64_scale(static_cast<guint64>(at), GST_SECOND, rate);
    GST_BUFFER_DURATION(buffer) = gst_util_uint64_scale(frames.size(), GST_SECOND, rate);
    gst_app_src_push_buffer(GST_APP_SRC(state_->source), buffer);
}

void Pipeline::endInput() {
    gst_app_src_end_of_stream(GST_APP_SRC(state_->source));
}

void loadPlugins(std::string_view pluginDirectory) {
    const std::string directory{pluginDirectory};
    clearenv();
    setenv("GST_PLUGIN_SYSTEM_PATH_1_0", directory.c_str(), 1);
    setenv("GST_REGISTRY_1_0", (directory + "/registry.bin").c_str(), 1);
    setenv("GST_REGISTRY_FORK", "no", 1);  // no helper program
    setenv("ORC_CODE", "backup", 1);       // no code made at run time: works under MemoryDenyWriteExecute
    gst_init(nullptr, nullptr);
    for (const auto* name : {"appsrc", "appsink", "audioconvert", "audioresample", "mpegaudioparse", "mpg123audiodec",
                             "oggdemux", "oggmux", "opusdec", "opusenc", "vorbisdec", "flacparse", "flacdec"}) {
        const std::unique_ptr<GstElement, Unref> element{gst_element_factory_make(name, nullptr)};
        if (element == nullptr)
            throw Error{Fault::unavailable,
                        "ingest-unavailable",
                        {"Thiếu gói GStreamer trên máy chủ.", std::string{"GStreamer element missing: "} + name}};
    }
}

}  // namespace loa
