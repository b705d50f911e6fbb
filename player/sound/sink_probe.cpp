// See sink_probe.h. Runs on the sink's streaming thread for every block, so it only unpacks, averages and calls on.
#include "player/sound/sink_probe.h"

#include <algorithm>

namespace loa {
namespace {

template <class Sample>
void average(const Sample* wide, int channels, float scale, std::vector<float>& samples) {
    for (float& sample : samples) {
        double sum = 0;
        for (int channel = 0; channel < channels; ++channel) sum += static_cast<double>(*wide++);
        sample = static_cast<float>(sum / channels) * scale;
    }
}

}  // namespace

SinkProbe::SinkProbe(GstElement* sink, Heard heard)
    : heard_{std::move(heard)}, pad_{gst_element_get_static_pad(sink, "sink")} {
    id_ = gst_pad_add_probe(pad_, GST_PAD_PROBE_TYPE_BUFFER, onBuffer, this, nullptr);
}

SinkProbe::~SinkProbe() {
    gst_pad_remove_probe(pad_, id_);
    gst_object_unref(pad_);
}

GstPadProbeReturn SinkProbe::onBuffer(GstPad* pad, GstPadProbeInfo* info, gpointer self) {
    static_cast<SinkProbe*>(self)->take(pad, GST_PAD_PROBE_INFO_BUFFER(info));
    return GST_PAD_PROBE_OK;
}

void SinkProbe::take(GstPad* pad, GstBuffer* buffer) {
    GstCaps* caps = gst_pad_get_current_caps(pad);
    GstAudioInfo format;
    const bool known = caps && gst_audio_info_from_caps(&format, caps);
    if (caps) gst_caps_unref(caps);
    if (!known) return;
    downmix(format, buffer);
    heard_(Nanoseconds{GST_BUFFER_PTS(buffer)}, samples_);
}

void SinkProbe::downmix(const GstAudioInfo& format, GstBuffer* buffer) {
    GstMapInfo map;
    samples_.clear();
    if (!gst_buffer_map(buffer, &map, GST_MAP_READ)) return;
    const auto* form = format.finfo;
    const int channels = GST_AUDIO_INFO_CHANNELS(&format);
    const auto frames = static_cast<int>(map.size / static_cast<gsize>(GST_AUDIO_INFO_BPF(&format)));
    samples_.resize(static_cast<std::size_t>(frames));
    wide_.resize(samples_.size() * static_cast<std::size_t>(channels));
    form->unpack_func(form, GST_AUDIO_PACK_FLAG_NONE, wide_.data(), map.data, frames * channels);
    // GStreamer unpacks every integer form to 32 bits and every float form to doubles.
    switch (form->unpack_format) {
        case GST_AUDIO_FORMAT_F64:
            average(wide_.data(), channels, 1, samples_);
            break;
        case GST_AUDIO_FORMAT_S32:
            average(reinterpret_cast<const gint32*>(wide_.data()), channels, 1.0F / 2147483648.0F, samples_);
            break;
        default:
            samples_.clear();
    }
    gst_buffer_unmap(buffer, &map);
}

float volumeOf(GstElement* sink) {
    if (!GST_IS_STREAM_VOLUME(sink)) return 1;
    auto* stream = GST_STREAM_VOLUME(sink);
    if (gst_stream_volume_get_mute(stream)) return 0;
    return static_cast<float>(gst_stream_volume_get_volume(stream, GST_STREAM_VOLUME_FORMAT_LINEAR));
}

}  // namespace loa
