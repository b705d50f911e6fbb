// What is on air, and the way of each block: mixed, arrived at the sink, passed by the sink clock. Only in the last
// step is anything counted for an item. Three threads call in; the lock is never held while anything is waited for.
#include "player/sound/air.h"

#include <algorithm>
#include <cmath>

#include "scheduler/domain/kill_point.h"

namespace loa {
namespace {

constexpr std::int64_t lostAfterFrames = 48000;  ///< a block not at the sink a second after its time never will be

Loudness loudnessOf(std::span<const float> samples) {
    Loudness loudness;
    for (const float sample : samples) {
        loudness.squares += static_cast<double>(sample) * static_cast<double>(sample);
        loudness.peak = std::max(loudness.peak, std::abs(sample));
    }
    return loudness;
}

std::span<const float> partOf(std::span<const float> samples, const Part& part) {
    const auto offset = std::min(static_cast<std::size_t>(part.offset), samples.size());
    return samples.subspan(offset, std::min(static_cast<std::size_t>(part.length), samples.size() - offset));
}

}  // namespace

AirItem* Air::find(ItemId item) {
    const auto found = std::find_if(items_.begin(), items_.end(), [&](const AirItem& i) { return i.id() == item; });
    return found == items_.end() ? nullptr : &*found;
}

void Air::start(ItemId item, Pcm pcm, Instant at, int gainDb) {
    const std::scoped_lock lock{mutex_};
    items_.emplace_back(item, std::move(pcm), at, gainDb);
}

void Air::startNow(ItemId item, Pcm pcm) {
    const std::scoped_lock lock{mutex_};
    items_.emplace_back(item, std::move(pcm));
}

bool Air::has(ItemId item) const {
    const std::scoped_lock lock{mutex_};
    return std::any_of(items_.begin(), items_.end(), [&](const AirItem& i) { return i.id() == item; });
}

bool Air::empty() const {
    return size() == 0;
}

std::size_t Air::size() const {
    const std::scoped_lock lock{mutex_};
    return items_.size();
}

void Air::stop(ItemId item, Milliseconds fade) {
    const std::scoped_lock lock{mutex_};
    if (auto* found = find(item)) found->stop(fade, "");
}

void Air::stopAll(Milliseconds fade, const std::string& why) {
    const std::scoped_lock lock{mutex_};
    for (auto& item : items_) item.stop(fade, why);
}

std::vector<FromSound> Air::takeReports() {
    const std::scoped_lock lock{mutex_};
    return std::exchange(reports_, {});
}

void Air::mix(Block& block, std::int64_t number, FineInstant blockAt) {
    const std::scoped_lock lock{mutex_};
    BlockOnTheWay mixed{.number = number, .at = blockAt, .reached = false, .late = false, .parts = {}};
    for (auto& item : items_)
        if (const auto part = item.mix(block, blockAt)) mixed.parts.push_back({item.id(), *part, {}});
    if (!mixed.parts.empty()) onTheWay_.push_back(std::move(mixed));
    endWhere([](const AirItem& item) { return item.over(); });
}

void Air::reached(std::int64_t number, std::span<const float> samples, bool late) {
    const std::scoped_lock lock{mutex_};
    const auto block =
        std::find_if(onTheWay_.begin(), onTheWay_.end(), [&](const BlockOnTheWay& b) { return b.number == number; });
    if (block == onTheWay_.end()) return;
    block->reached = true;
    block->late = late;
    for (auto& [item, part, heard] : block->parts) {
        heard = loudnessOf(partOf(samples, part));
        if (recorder_ && !late) recorder_->add(item, block->at + lengthOf(part.offset), partOf(samples, part));
    }
}

void Air::passed(std::int64_t frames, FineInstant zero) {
    const std::scoped_lock lock{mutex_};
    while (!onTheWay_.empty()) {
        auto& block = onTheWay_.front();
        const auto past = frames - (block.number + 1) * blockFrames;
        if (past < 0 || (!block.reached && past < lostAfterFrames)) break;
        block.late = block.late || !block.reached;
        settle(block, zero);
        onTheWay_.pop_front();
    }
    endWhere([](const AirItem& item) { return item.over(); });
}

void Air::settle(const BlockOnTheWay& block, FineInstant zero) {
    for (const auto& [id, part, heard] : block.parts) {
        auto* item = find(id);
        if (!item) continue;
        if (block.late) {
            item->tooLate(part);
            continue;
        }
        const bool first = !item->sounded();
        item->passed(part, heard, zero + lengthOf(block.number * blockFrames + part.offset));
        if (first && item->sounded()) {
            killPoint("sound.firstFrame");
            report(item->sounding());
        }
        if (item->progressIsDue()) {
            killPoint("sound.onAir");
            report(item->progress());
        }
    }
}

void Air::outputLost() {
    const std::scoped_lock lock{mutex_};
    onTheWay_.clear();
    for (auto& item : items_) item.outputLost();
}

void Air::withoutOutput(FineInstant now) {
    const std::scoped_lock lock{mutex_};
    endWhere([&](AirItem& item) { return item.overWithoutOutput(now); });
}

void Air::endWhere(const std::function<bool(AirItem&)>& over) {
    for (auto item = items_.begin(); item != items_.end();) {
        if (!over(*item)) {
            ++item;
            continue;
        }
        killPoint("sound.ending");
        if (recorder_) recorder_->end(item->id());
        report(item->ended());
        item = items_.erase(item);
    }
}

void Air::report(const FromSound& message) {
    reports_.push_back(message);
    wake_();
}

}  // namespace loa
