#pragma once
#include "player/sound/options.h"

namespace loa {

/// Starts GStreamer so that it loads plugins from the allowed folder only, in this process, without making code at run
/// time. Before any thread. Throws Error(invalid) when the sink of the options cannot be built from them.
void startGstreamer(const SoundOptions& options);

}  // namespace loa
