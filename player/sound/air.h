#pragma once
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "player/sound/air_item.h"
#include "player/sound/recorder.h"

namespace loa {

/// Everything on air, shared by three threads under one lock that is held for microseconds. Blocks of output are
/// numbered from 0 since the output was opened: block n holds the output frames from n * blockFrames.
class Air {
public:
    /// `wake` is called, from any thread, when there are reports to take. `recorder` may be null.
    Air(std::function<void()> wake, Recorder* recorder) : wake_{std::move(wake)}, recorder_{recorder} {}

    // The control thread.
    void start(ItemId item, Pcm pcm, Instant at, int gainDb = 0);
    /// With the next block, whatever the wall clock says.
    void startNow(ItemId item, Pcm pcm);
    bool has(ItemId item) const;
    bool empty() const;
    std::size_t size() const;
    void stop(ItemId item, Milliseconds fade);
    void stopAll(Milliseconds fade, const std::string& why);
    std::vector<FromSound> takeReports();

    // The mixing loop.
    void mix(Block& block, std::int64_t number, FineInstant blockAt);
    /// The sink clock has passed the first `frames` of the output; output frame 0 sounded at `zero`.
    void passed(std::int64_t frames, FineInstant zero);
    void outputLost();
    void withoutOutput(FineInstant now);

    // The sink's streaming thread.
    /// The block has come to the sink, as `samples`; `late`: after its time, so that nobody hears it.
    void reached(std::int64_t number, std::span<const float> samples, bool late);

private:
    struct PartOnTheWay {
        ItemId item = 0;
        Part part;
        Loudness heard;
    };
    struct BlockOnTheWay {
        std::int64_t number = 0;
        FineInstant at;
        bool reached = false;
        bool late = false;
        std::vector<PartOnTheWay> parts;
    };
    AirItem* find(ItemId item);
    void settle(const BlockOnTheWay& block, FineInstant zero);
    void report(const FromSound& message);
    void endWhere(const std::function<bool(AirItem&)>& over);

    const std::function<void()> wake_;
    Recorder* const recorder_;
    mutable std::mutex mutex_;  ///< guards all below
    std::list<AirItem> items_;
    std::deque<BlockOnTheWay> onTheWay_;
    std::vector<FromSound> reports_;
};

}  // namespace loa
