// Test media in the canonical form, made by GStreamer in this process. Any thread.
#include "tests/support/tone_media.h"

#include <gst/app/gstappsink.h>
#include <gst/gst.h>

#include <stdexcept>

namespace loa {
namespace {

std::string encode(const std::string& source, std::int64_t frames) {
    gst_init(nullptr, nullptr);
    const auto text = "audiotestsrc " + source + " samplesperbuffer=480 num-buffers=" + std::to_string(frames / 480) +
                      " ! audio/x-raw,format=S16LE,rate=48000,channels=1 ! opusenc bitrate=48000 ! oggmux ! "
                      "appsink name=sink sync=false";
    GError* error = nullptr;
    GstElement* pipeline = gst_parse_launch(text.c_str(), &error);
    if (error) throw std::runtime_error(error->message);
    GstElement* sink = gst_bin_get_by_name(GST_BIN(pipeline), "sink");
    gst_element_set_state(pipeline, GST_STATE_PLAYING);
    std::string bytes;
    while (GstSample* sample = gst_app_sink_pull_sample(GST_APP_SINK(sink))) {
        GstMapInfo map;
        GstBuffer* buffer = gst_sample_get_buffer(sample);
        gst_buffer_map(buffer, &map, GST_MAP_READ);
        bytes.append(reinterpret_cast<const char*>(map.data), map.size);
        gst_buffer_unmap(buffer, &map);
        gst_sample_unref(sample);
    }
    gst_element_set_state(pipeline, GST_STATE_NULL);
    gst_object_unref(sink);
    gst_object_unref(pipeline);
    if (bytes.empty()) throw std::runtime_error("opusenc made nothing");
    return bytes;
}

}  // namespace

std::string toneMedia(std::int64_t frames) {
    return encode("wave=sine freq=1000 volume=0.7", frames);
}

std::string silentMedia(std::int64_t frames) {
    return encode("wave=silence", frames);
}

}  // namespace loa
