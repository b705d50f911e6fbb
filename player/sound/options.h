#pragma once
#include <filesystem>
#include <span>
#include <string>

namespace loa {

/// What loa-sound was told on its command line.
struct SoundOptions {
    std::filesystem::path socket;
    std::string sink;
    std::filesystem::path record;    ///< empty: nothing is recorded
    std::filesystem::path registry;  ///< GStreamer's cache of what its plugins offer; empty: as startGstreamer says
    std::filesystem::path plugins;   ///< the only folder plugins are loaded from
    bool help = false;
};

/// Throws Error(invalid) that names the first thing wrong. Where not given, the plugins are in ../lib/loa/gst beside
/// the program's folder.
SoundOptions readOptions(std::span<const std::string> arguments);

extern const char* const helpText;

}  // namespace loa
