// The few steps both pipelines need. Any thread.
#include "player/sound/gst_handle.h"

#include "scheduler/domain/error.h"

namespace loa {
namespace {

/// "pulsesink": what kind of element it is. Its name has a number that grows with every try.
std::string kindOf(GstObject* source) {
    auto* factory = GST_IS_ELEMENT(source) ? gst_element_get_factory(GST_ELEMENT(source)) : nullptr;
    return factory ? GST_OBJECT_NAME(factory) : "pipeline";
}

}  // namespace

std::optional<std::string> takeError(GstElement* pipeline, GstClockTime wait) {
    const GstHandle<GstBus> bus{gst_element_get_bus(pipeline)};
    while (GstMessage* message = gst_bus_timed_pop(bus.get(), wait)) {
        wait = 0;
        std::optional<std::string> text;
        if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR) {
            GError* error = nullptr;
            gst_message_parse_error(message, &error, nullptr);
            text = kindOf(GST_MESSAGE_SRC(message)) + ": " + error->message;
            g_error_free(error);
        }
        gst_message_unref(message);
        if (text) return text;
    }
    return std::nullopt;
}

GstHandle<GstElement> parsePipeline(const std::string& description) {
    GError* error = nullptr;
    GstHandle<GstElement> made{
        gst_parse_launch_full(description.c_str(), nullptr, GST_PARSE_FLAG_FATAL_ERRORS, &error)};
    if (!error) return made;
    const std::string reason = error->message;
    g_error_free(error);
    throw Error(Fault::invalid, "sound-pipeline",
                {"GStreamer không dựng được \"" + description + "\": " + reason +
                     ". Kiểm tra --sink và các gói gstreamer1.0-* đã cài.",
                 "GStreamer cannot build \"" + description + "\": " + reason +
                     ". Check --sink and the installed gstreamer1.0-* packages."});
}

}  // namespace loa
