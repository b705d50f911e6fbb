#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace loa {

/// A chain appsrc ! elements ! appsink of GStreamer, run by its own threads; the caller pushes and pulls on its own
/// one. Knows nothing of files or descriptors.
class Pipeline {
public:
    /// `elements` are factory names, each with its settings ("opusenc bitrate=48000"). Where one is "oggdemux" the rest
    /// is linked when its one stream appears. `inputCaps` empty: bytes. Throws Error "media-broken" when a plugin is
    /// missing.
    Pipeline(std::string_view inputCaps, const std::vector<std::string_view>& elements, std::string_view outputCaps);
    ~Pipeline();

    enum class Pulled { block, nothingYet, end, failed };
    /// Waits up to 50 ms for one block and gives its bytes to `take`, valid during the call only.
    Pulled pull(const std::function<void(std::span<const std::byte>)>& take);

    bool wantsMore() const;                       ///< less than a megabyte waits in front of the first element
    void push(std::span<const std::byte> bytes);  ///< copies
    void push(std::span<const float> frames,
              std::int64_t at);  ///< raw sound that begins at this frame of 48000 a second
    void endInput();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Starts GStreamer with nothing but our own plugins, from `pluginDirectory`, and loads each of them for good. Before
/// the cage: nothing can be loaded inside.
void loadPlugins(std::string_view pluginDirectory);

}  // namespace loa
