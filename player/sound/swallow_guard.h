#pragma once
#include <atomic>
#include <vector>

#include "player/sound/fine_time.h"

namespace loa {

/// Tells a sink that swallows from one that is merely fast. A sink whose server dies may take everything at once, and
/// its clock runs ahead of time; a sound card's clock gains or loses up to some 100 ppm for ever. So how far the sink's
/// clock may be ahead is set anew every ten seconds, to the median of how far it was.
class SwallowGuard {
public:
    /// Both clocks when the sink began to play. Before any other thread asks.
    void begin(Nanoseconds sink, Nanoseconds monotonic);
    /// A reading of both clocks. False when the sink is half a second ahead of what it should be. The mixing loop only.
    bool add(Nanoseconds sink, Nanoseconds monotonic);
    /// The latest that the sink's clock can truly be at `monotonic`. Any thread.
    Nanoseconds latest(Nanoseconds monotonic) const;

private:
    std::atomic<std::int64_t> lead_{0};  ///< the sink's clock minus CLOCK_MONOTONIC, in nanoseconds
    std::vector<std::int64_t> leads_;    ///< since `since_`
    Nanoseconds since_{0};
};

}  // namespace loa
