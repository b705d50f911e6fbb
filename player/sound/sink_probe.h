#pragma once
#include <gst/audio/audio.h>

#include <functional>
#include <span>
#include <vector>

#include "player/sound/fine_time.h"

namespace loa {

/// Listens at the sink's own door: whatever comes to it, in whatever form was agreed on, as mono floats.
class SinkProbe {
public:
    /// Called on the streaming thread: when the first sample is due in the pipeline's running time, and the samples.
    using Heard = std::function<void(Nanoseconds at, std::span<float> samples)>;

    SinkProbe(GstElement* sink, Heard heard);
    ~SinkProbe();

private:
    static GstPadProbeReturn onBuffer(GstPad* pad, GstPadProbeInfo* info, gpointer self);
    void take(GstPad* pad, GstBuffer* buffer);
    void downmix(const GstAudioInfo& format, GstBuffer* buffer);

    const Heard heard_;
    GstPad* pad_;
    gulong id_;
    std::vector<float> samples_;
    std::vector<double> wide_;  ///< one buffer unpacked: doubles, or 32-bit integers for integer formats
};

/// The sink's own volume, linear, 0 when muted; 1 where it has none. May wait for a sound server.
float volumeOf(GstElement* sink);

}  // namespace loa
