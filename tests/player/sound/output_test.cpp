// One opening of an output, with sinks made for the test. What it sounds is heard in heard/.
#include "player/sound/output.h"

#include <doctest/doctest.h>
#include <gst/base/gstbasesink.h>
#include <gst/gst.h>

#include "scheduler/domain/error.h"

using namespace loa;

namespace {

/// A sink that promises a clock and never has one, as a sound server that does not answer.
GType clocklessSink() {
    static const GType type = [] {
        const auto promise = [](GTypeInstance* instance, gpointer) {
            GST_OBJECT_FLAG_SET(instance, GST_ELEMENT_FLAG_PROVIDE_CLOCK);
        };
        const auto describe = [](gpointer made, gpointer) {
            auto* element = GST_ELEMENT_CLASS(made);
            gst_element_class_set_static_metadata(element, "clockless", "Sink/Audio", "for a test", "for a test");
            gst_element_class_add_pad_template(
                element, gst_pad_template_new("sink", GST_PAD_SINK, GST_PAD_ALWAYS, gst_caps_new_any()));
            element->provide_clock = [](GstElement*) -> GstClock* { return nullptr; };
        };
        GTypeInfo info{};
        info.class_size = sizeof(GstBaseSinkClass);
        info.class_init = describe;
        info.instance_size = sizeof(GstBaseSink);
        info.instance_init = promise;
        return g_type_register_static(GST_TYPE_BASE_SINK, "ClocklessSink", &info, GTypeFlags{});
    }();
    return type;
}

}  // namespace

TEST_CASE("output: a sink that promises a clock and has none is not opened on another clock") {
    gst_init(nullptr, nullptr);
    REQUIRE(gst_element_register(nullptr, "clocklesssink", GST_RANK_NONE, clocklessSink()));
    HangWatch watch;
    const auto open = [&] { Output{"clocklesssink", [](std::int64_t, std::span<const float>, bool) {}, watch}; };
    CHECK_THROWS_WITH_AS(open(), doctest::Contains("no clock in 2 s"), Error);
}

TEST_CASE("output: a sink that promises no clock runs on the system's") {
    gst_init(nullptr, nullptr);
    HangWatch watch;
    Output output{"fakesink sync=true", [](std::int64_t, std::span<const float>, bool) {}, watch};
    for (int i = 0; i < 200 && !output.ready(); ++i) {
        output.readClocks();
        REQUIRE(output.push(Block{}));
    }
    CHECK(output.ready());
    output.close();
}
