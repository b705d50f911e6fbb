#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "player/sound/level.h"
#include "player/sound/mix.h"
#include "player/wire/sound_messages.h"

namespace loa {

/// One item on air: its voice, and the account of what of it has passed the sink clock. Only what passed is ever
/// reported; what was mixed, pushed or dropped is not. Pure; Air locks it.
class AirItem {
public:
    AirItem(ItemId item, Pcm pcm, Instant at, int gainDb);
    /// Begins with the next block.
    AirItem(ItemId item, Pcm pcm);

    ItemId id() const { return id_; }
    /// Adds to the block what belongs there; remembers that it is on its way to the sink.
    std::optional<Part> mix(Block& block, FineInstant blockAt);
    /// A part has passed the sink clock, its first frame at `since`, with what of it reached the sink.
    void passed(const Part& part, const Loudness& heard, FineInstant since);
    /// A part came too late for the sink: nobody heard it.
    void tooLate(const Part& part);
    /// The output is gone, and with it what was on its way. The clock of the item runs on.
    void outputLost();
    void stop(Milliseconds fade, const std::string& why);
    /// There is no output now: an item whose time it is loses frames. True when it is over: stopped, as nothing can
    /// fade, at its end by the clock, or to sound at once.
    bool overWithoutOutput(FineInstant now);
    /// Nothing more to mix and nothing on its way.
    bool over() const;

    bool sounded() const { return passedFrames_ > 0; }
    Sounding sounding() const;
    Progress progress() const;
    Ended ended() const;
    /// Once for each second that passed.
    bool progressIsDue();

private:
    std::string detail() const;

    ItemId id_;
    Voice voice_;
    LevelMeter meter_;
    Part first_;
    FineInstant since_{};
    FineInstant until_{};
    std::int64_t passedFrames_ = 0;  ///< of the media
    std::int64_t passedOutput_ = 0;  ///< of the output: differs by drift only
    std::int64_t tooLateFrames_ = 0;
    std::int64_t progressSeconds_ = 0;
    int onTheWay_ = 0;
    bool lost_ = false;
    bool stopped_ = false;
    std::string why_;
};

}  // namespace loa
