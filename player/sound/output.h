#pragma once
#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>

#include "player/sound/clock_map.h"
#include "player/sound/hang_watch.h"
#include "player/sound/mix.h"
#include "player/sound/swallow_guard.h"

namespace loa {

/// One opening of the output that never stops: appsrc ! audioconvert ! <sink>, on the sink's own clock. Made, watched
/// and closed by the keeper's thread; filled by the mixing loop.
class Output {
public:
    /// Called on the sink's streaming thread with each block as it comes to the sink, behind volume and mute: its
    /// number, its samples (mono), and whether it came after its time.
    using Arrived = std::function<void(std::int64_t number, std::span<const float> samples, bool late)>;

    /// Opens `sink` and starts it. Every call that may hang is made under `watch`. Throws Error when it does not open,
    /// or when it promises a clock and has none.
    Output(const std::string& sink, Arrived arrived, HangWatch& watch);
    ~Output();

    // The keeper's thread.
    /// Hears what the pipeline has to say, for up to 100 ms.
    void listen();
    /// Reads the sink's own volume and mute, which only a round trip to a sound server may tell.
    void readVolume();
    /// Ends it. Nothing arrives after this.
    void close();

    // The mixing loop.
    /// Number of the block that push() takes next.
    std::int64_t nextBlock() const { return pushed_; }
    /// Hands a block on and waits until there is room for another: the sink's clock paces the caller. False when the
    /// output is lost.
    bool push(const Block& block);
    /// Reads the clocks; false until there is enough to place a block by.
    bool readClocks();
    /// When output frame 0 sounded, or will have: frame n sounds n / 48000 s later. Only when readClocks() said yes.
    FineInstant zero();
    /// Frames the sink clock has passed.
    std::int64_t passed() const;

    // Any thread.
    bool ready() const { return ready_; }
    /// Why the output is lost, once it is.
    std::optional<std::string> lost() const;

private:
    struct Gst;
    void build(const std::string& sink);
    void awaitClock();
    void play();
    void markLost(const std::string& why);
    bool hand(const Block& block);

    const Arrived arrived_;
    HangWatch& watch_;
    const std::unique_ptr<Gst> gst_;
    std::atomic<bool> ready_{false};
    std::atomic<float> volume_{1};

    // The mixing loop's, after the constructor.
    std::int64_t pushed_ = 0;
    ClockMap map_;
    WallClock wall_;
    Nanoseconds base_{0};    ///< sink clock at output frame 0
    Nanoseconds margin_{0};  ///< a block must be at the sink so long before it sounds
    SwallowGuard guard_;     ///< also asked by the sink's thread

    mutable std::mutex mutex_;  ///< guards why_; room_ is signalled under it
    std::condition_variable room_;
    std::string why_;
};

}  // namespace loa
