// The always-on output. Traps it is built around (measured): a sink has a clock only once it has data, and whoever asks
// the pipeline earlier gets the system's for ever; a sink may swallow everything at once when its server dies;
// set_state may hang. Never decides what sounds; that is the mixing loop's.
#include "player/sound/output.h"

#include <gst/app/gstappsrc.h>
#include <gst/audio/gstaudiobasesink.h>

#include <algorithm>
#include <cmath>

#include "player/sound/gst_handle.h"
#include "player/sound/sink_probe.h"
#include "scheduler/domain/error.h"

namespace loa {

struct Output::Gst {
    GstHandle<GstElement> pipeline;
    GstHandle<GstElement> source;
    GstHandle<GstElement> sink;
    GstHandle<GstClock> clock;
    std::unique_ptr<SinkProbe> probe;
};

namespace {

constexpr gsize blockBytes = sizeof(Block);
constexpr int primingBlocks = 2;
constexpr auto clockGrace = std::chrono::seconds{2};
constexpr auto stall = std::chrono::seconds{1};
/// A sink without a clock of its own has no buffer either: it takes each block when it is due, and may be behind.
constexpr Nanoseconds unbufferedMargin = std::chrono::milliseconds{-500};

[[noreturn]] void cannotOpen(const std::string& why) {
    throw Error(Fault::unavailable, "sound-output",
                {"Không mở được thiết bị âm thanh (" + why + "). Chương trình sẽ tự thử lại.",
                 "The sound output does not open (" + why + "). It is tried again."});
}

/// How long before its instant a block must be at the sink to be heard. A sound server takes up to half of the buffer
/// at once and fills up with silence what is not there by then; of a sound card's own buffer that is more than is
/// needed.
Nanoseconds marginOf(GstElement* sink, bool ownClock) {
    if (!ownClock) return unbufferedMargin;
    if (!GST_IS_AUDIO_BASE_SINK(sink)) return Nanoseconds{0};
    gint64 buffer = 0;
    gint64 segment = 0;
    g_object_get(sink, "buffer-time", &buffer, "latency-time", &segment, nullptr);
    return std::chrono::microseconds{std::max<gint64>(0, buffer / 2 - segment)};
}

/// The element that really hands sound over, wherever in the description it stands.
GstHandle<GstElement> findSink(GstElement* pipeline) {
    GstIterator* elements = gst_bin_iterate_recurse(GST_BIN(pipeline));
    GValue value = G_VALUE_INIT;
    GstHandle<GstElement> sink;
    while (!sink && gst_iterator_next(elements, &value) == GST_ITERATOR_OK) {
        auto* element = GST_ELEMENT(g_value_get_object(&value));
        if (GST_OBJECT_FLAG_IS_SET(element, GST_ELEMENT_FLAG_SINK) && !GST_IS_BIN(element))
            sink.reset(GST_ELEMENT(gst_object_ref(element)));
        g_value_reset(&value);
    }
    g_value_unset(&value);
    gst_iterator_free(elements);
    if (!sink) cannotOpen("no sink in the description");
    return sink;
}

}  // namespace

Output::Output(const std::string& sink, Arrived arrived, HangWatch& watch)
    : arrived_{std::move(arrived)}, watch_{watch}, gst_{std::make_unique<Gst>()} {
    build(sink);
    try {
        const auto state = watch_.during([&] { return gst_element_set_state(gst_->pipeline.get(), GST_STATE_PAUSED); });
        if (state == GST_STATE_CHANGE_FAILURE)
            cannotOpen(takeError(gst_->pipeline.get(), 0).value_or("no reason given"));
        for (int i = 0; i < primingBlocks; ++i) hand(Block{});
        awaitClock();
        play();
    } catch (...) {
        close();
        throw;
    }
}

Output::~Output() = default;

void Output::build(const std::string& sink) {
    gst_->pipeline = parsePipeline(
        "appsrc name=loa-source format=time block=false "
        "caps=audio/x-raw,format=F32LE,rate=48000,channels=1,layout=interleaved ! audioconvert ! " +
        sink);
    gst_->source.reset(gst_bin_get_by_name(GST_BIN(gst_->pipeline.get()), "loa-source"));
    gst_->sink = findSink(gst_->pipeline.get());
    gst_->probe = std::make_unique<SinkProbe>(gst_->sink.get(), [this](Nanoseconds at, std::span<float> samples) {
        const auto number = std::lround(framesIn(at) / blockFrames);
        const bool late = ready_ && lengthOf(passed()) > at - margin_;
        const float volume = volume_;
        for (float& sample : samples) sample *= volume;
        arrived_(number, samples, late);
        const std::scoped_lock lock{mutex_};
        room_.notify_one();
    });
}

void Output::awaitClock() {
    const bool ownClock = GST_OBJECT_FLAG_IS_SET(gst_->sink.get(), GST_ELEMENT_FLAG_PROVIDE_CLOCK);
    if (!ownClock) gst_->clock.reset(gst_system_clock_obtain());
    const auto deadline = monotonicNow() + clockGrace;
    while (!gst_->clock && monotonicNow() < deadline) {
        if (const auto error = takeError(gst_->pipeline.get(), 10 * GST_MSECOND)) cannotOpen(*error);
        gst_->clock.reset(gst_element_provide_clock(gst_->sink.get()));
    }
    // On the system's clock it would sound, and be wrong by more each hour.
    if (!gst_->clock) cannotOpen("no clock in 2 s");
    margin_ = marginOf(gst_->sink.get(), ownClock);
    gst_pipeline_use_clock(GST_PIPELINE(gst_->pipeline.get()), gst_->clock.get());
}

void Output::play() {
    auto* pipeline = gst_->pipeline.get();
    watch_.during([&] { return gst_element_set_state(pipeline, GST_STATE_PLAYING); });
    const auto state = gst_element_get_state(pipeline, nullptr, nullptr, 3 * GST_SECOND);
    if (state != GST_STATE_CHANGE_SUCCESS) cannotOpen(takeError(pipeline, 0).value_or("it does not start to play"));
    base_ = Nanoseconds{gst_element_get_base_time(pipeline)};
    guard_.begin(Nanoseconds{gst_clock_get_time(gst_->clock.get())}, monotonicNow());
}

void Output::close() {
    markLost("closed");
    watch_.during([&] { return gst_element_set_state(gst_->pipeline.get(), GST_STATE_NULL); });
}

void Output::markLost(const std::string& why) {
    const std::scoped_lock lock{mutex_};
    ready_ = false;
    if (why_.empty()) why_ = why;
    room_.notify_one();
}

void Output::listen() {
    if (const auto error = takeError(gst_->pipeline.get(), 100 * GST_MSECOND)) markLost(*error);
}

std::optional<std::string> Output::lost() const {
    const std::scoped_lock lock{mutex_};
    if (why_.empty()) return std::nullopt;
    return why_;
}

void Output::readVolume() {
    volume_ = watch_.during([&] { return volumeOf(gst_->sink.get()); });
}

bool Output::hand(const Block& block) {
    GstBuffer* buffer = gst_buffer_new_allocate(nullptr, blockBytes, nullptr);
    gst_buffer_fill(buffer, 0, block.data(), blockBytes);
    GST_BUFFER_PTS(buffer) = static_cast<GstClockTime>(lengthOf(pushed_ * blockFrames).count());
    GST_BUFFER_DURATION(buffer) = static_cast<GstClockTime>(lengthOf(blockFrames).count());
    ++pushed_;
    return gst_app_src_push_buffer(GST_APP_SRC(gst_->source.get()), buffer) == GST_FLOW_OK;
}

bool Output::push(const Block& block) {
    if (!hand(block)) {
        markLost("the sink takes nothing more");
        return false;
    }
    std::unique_lock lock{mutex_};
    const auto room = [&] {
        return gst_app_src_get_current_level_bytes(GST_APP_SRC(gst_->source.get())) <= 2 * blockBytes || !why_.empty();
    };
    const bool roomCame = room_.wait_for(lock, stall, room);
    if (!why_.empty()) return false;
    lock.unlock();
    if (!roomCame) markLost("the sink took nothing for a second");
    return roomCame;
}

bool Output::readClocks() {
    const auto before = monotonicNow();
    const Nanoseconds sink{gst_clock_get_time(gst_->clock.get())};
    const auto after = monotonicNow();
    map_.add(before, sink, after);
    if (!guard_.add(sink, after)) markLost("the sink swallows more than time allows");
    if (ready_ || !map_.ready()) return ready_;
    const std::scoped_lock lock{mutex_};
    ready_ = why_.empty();
    return ready_;
}

FineInstant Output::zero() {
    return FineInstant{base_ + map_.offset() + wall_.offset()};
}

std::int64_t Output::passed() const {
    const Nanoseconds sink{gst_clock_get_time(gst_->clock.get())};
    const auto truly = std::min(sink, guard_.latest(monotonicNow()));
    return std::max<std::int64_t>(0, static_cast<std::int64_t>(framesIn(truly - base_)));
}

}  // namespace loa
