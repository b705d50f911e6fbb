// See air_item.h. Touched by the mixing loop, the control thread and the sink's thread, always under Air's lock; never
// waits, never reads a clock.
#include "player/sound/air_item.h"

#include <cmath>

namespace loa {
namespace {

Instant toMillisecond(FineInstant at) {
    return std::chrono::round<Milliseconds>(at);
}

}  // namespace

AirItem::AirItem(ItemId item, Pcm pcm, Instant at, int gainDb) : id_{item} {
    voice_.pcm = std::move(pcm);
    voice_.at = at;
    voice_.gain = std::pow(10.0F, static_cast<float>(gainDb) / 20.0F);
    until_ = at;
}

AirItem::AirItem(ItemId item, Pcm pcm) : id_{item} {
    voice_.pcm = std::move(pcm);
    voice_.atOnce = true;
}

std::optional<Part> AirItem::mix(Block& block, FineInstant blockAt) {
    if (voice_.atOnce && !voice_.running) voice_.at = blockAt;
    auto part = loa::mix(block, blockAt, voice_);
    if (part) ++onTheWay_;
    return part;
}

void AirItem::passed(const Part& part, const Loudness& heard, FineInstant since) {
    --onTheWay_;
    if (!sounded()) {
        first_ = part;
        since_ = since;
    }
    passedFrames_ += part.frames;
    passedOutput_ += part.length;
    until_ = since + lengthOf(part.length);
    meter_.add(part.length, heard, part.ownSquares);
}

void AirItem::tooLate(const Part& part) {
    --onTheWay_;
    tooLateFrames_ += part.frames;
}

void AirItem::outputLost() {
    lost_ = lost_ || voice_.running || onTheWay_ > 0;
    onTheWay_ = 0;
    voice_.running = false;
}

void AirItem::stop(Milliseconds fade, const std::string& why) {
    if (stopped_) return;
    stopped_ = true;
    why_ = why;
    voice_.fade.moveTo(0, voice_.running ? fade.count() * frameRate / 1000 : 0);
}

bool AirItem::overWithoutOutput(FineInstant now) {
    lost_ = lost_ || (now >= voice_.at && !voice_.over());
    return voice_.atOnce || stopped_ || voice_.over() || now >= voice_.at + lengthOf(voice_.pcm.size());
}

bool AirItem::over() const {
    return onTheWay_ == 0 && voice_.over();
}

Sounding AirItem::sounding() const {
    const auto belonged = voice_.at + Nanoseconds{static_cast<std::int64_t>(first_.position * 1e9 / frameRate)};
    Sounding sounding;
    sounding.item = id_;
    sounding.since = toMillisecond(since_);
    sounding.startErrorMicroseconds = std::chrono::round<std::chrono::microseconds>(since_ - belonged).count();
    sounding.offsetFrames = static_cast<std::int64_t>(first_.position);
    return sounding;
}

Progress AirItem::progress() const {
    return {id_, passedFrames_, meter_.level()};
}

bool AirItem::progressIsDue() {
    const bool due = passedOutput_ / frameRate > progressSeconds_;
    progressSeconds_ = passedOutput_ / frameRate;
    return due;
}

/// A loss of the output is named as the cause even when the item came back: it is why frames are missing.
Ended AirItem::ended() const {
    Ended ended;
    ended.item = id_;
    if (stopped_)
        ended.cause = Ended::Cause::stopped;
    else if (lost_ || !voice_.over())
        ended.cause = Ended::Cause::outputLost;
    ended.frames = passedFrames_;
    ended.until = toMillisecond(until_);
    ended.level = meter_.level();
    ended.detail = detail();
    return ended;
}

std::string AirItem::detail() const {
    std::string text = why_;
    const auto add = [&](const std::string& more) { text += (text.empty() ? "" : "; ") + more; };
    if (lost_) add("the output was not there all the time");
    if (tooLateFrames_ > 0) add(std::to_string(tooLateFrames_) + " frames came too late for the sink");
    if (voice_.resyncs > 0) add(std::to_string(voice_.resyncs) + " times more than 50 ms out of step");
    if (!sounded() && !stopped_) add("its time passed before anything could sound");
    return text;
}

}  // namespace loa
