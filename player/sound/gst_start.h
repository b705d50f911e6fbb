#pragma once
#include "player/sound/options.h"

namespace loa {

/// Starts GStreamer so that it loads plugins from the allowed folder only, in this process, without making code at run
/// time. Before any thread. The registry: as the options say, else as GST_REGISTRY_1_0 says, else beside the socket.
/// Throws Error(invalid) when the sink of the options cannot be built from them.
void startGstreamer(const SoundOptions& options);

}  // namespace loa
