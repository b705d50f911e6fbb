#pragma once
#include <gst/gst.h>

#include <memory>
#include <optional>
#include <string>

namespace loa {

struct GstUnref {
    void operator()(void* object) const { gst_object_unref(object); }
};
/// One reference to a GStreamer object, given back at the end. Only inside player/sound.
template <class Object>
using GstHandle = std::unique_ptr<Object, GstUnref>;

/// The next error on the bus of `pipeline`, waiting at most `wait`. What else is there is thrown away, or it would pile
/// up.
std::optional<std::string> takeError(GstElement* pipeline, GstClockTime wait);

/// Throws Error(invalid) with GStreamer's reason.
GstHandle<GstElement> parsePipeline(const std::string& description);

}  // namespace loa
