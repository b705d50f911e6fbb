// GStreamer reads its folders from the environment, once: they are set here, whatever the environment said of plugins.
#include "player/sound/gst_start.h"

#include <cstdlib>

#include "player/sound/gst_handle.h"

namespace loa {

void startGstreamer(const SoundOptions& options) {
    setenv("GST_PLUGIN_SYSTEM_PATH_1_0", options.plugins.c_str(), 1);
    if (!options.registry.empty()) setenv("GST_REGISTRY_1_0", options.registry.c_str(), 1);
    setenv("GST_REGISTRY_1_0", (options.socket.parent_path() / "gst-registry.bin").c_str(), 0);
    setenv("GST_REGISTRY_FORK", "no", 1);
    setenv("ORC_CODE", "backup", 1);
    // These would win over, or add to, the folder above.
    for (const char* name : {"GST_PLUGIN_PATH", "GST_PLUGIN_PATH_1_0", "GST_PLUGIN_SYSTEM_PATH", "GST_REGISTRY"})
        unsetenv(name);
    gst_init(nullptr, nullptr);
    parsePipeline("appsrc ! audioconvert ! " + options.sink);
}

}  // namespace loa
