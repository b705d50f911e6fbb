// See clock_map.h. The mixing loop adds a reading with each block and asks for the offset; no other thread sees it.
// What is computed, is computed when a bin closes, four times a second.
#include "player/sound/clock_map.h"

#include <algorithm>
#include <cmath>

namespace loa {
namespace {

using namespace std::chrono_literals;

constexpr Nanoseconds interrupted = 200us;
constexpr Nanoseconds warm = 800ms;
constexpr std::int64_t fewest = 20;

constexpr Nanoseconds binLength = 250ms;
constexpr Nanoseconds remembered = 20s;
constexpr Nanoseconds recent = 2s;
constexpr Nanoseconds step = 10ms;    ///< less than what a sink loses when it runs dry
constexpr Nanoseconds settled = 1ms;  ///< how alike all that is recent must be to be believed at once

constexpr Nanoseconds longBinLength = 2s;
constexpr Nanoseconds driftRemembered = 3min;
constexpr Nanoseconds driftLeast = 10s;
constexpr Nanoseconds driftTrusted = 2min;
constexpr double driftMost = 300e-6;

template <class Value>
Value median(std::vector<Value>& values) {
    const auto found = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), found, values.end());
    return *found;
}

Nanoseconds scaled(Nanoseconds length, double factor) {
    return Nanoseconds{std::llround(static_cast<double>(length.count()) * factor)};
}

}  // namespace

void ClockMap::add(Nanoseconds before, Nanoseconds sink, Nanoseconds after) {
    if (after - before > interrupted) return;
    last_ = (before + after) / 2;
    if (count_++ == 0) first_ = longBinFrom_ = last_;
    if (!readings_.empty() && last_ - readings_.front().at >= binLength) closeBin();
    readings_.push_back({last_, last_ - sink});
}

bool ClockMap::ready() const {
    return count_ >= fewest && last_ - first_ >= warm;
}

Nanoseconds ClockMap::offset() const {
    if (bins_.empty()) return middle(readings_).offset;
    return level_ + scaled(last_ - levelAt_, drift_);
}

/// What a reading would be at `to`, if only the drift were between.
Nanoseconds ClockMap::ledOn(const Reading& reading, Nanoseconds to) const {
    return reading.offset + scaled(to - reading.at, drift_);
}

/// The offset at `at` by the bins newer than `since`.
Nanoseconds ClockMap::levelOf(Nanoseconds since, Nanoseconds at) const {
    std::vector<Nanoseconds> offsets;
    offsets.reserve(bins_.size());
    for (const auto& bin : bins_)
        if (bin.at > since) offsets.push_back(ledOn(bin, at));
    return median(offsets);
}

void ClockMap::closeBin() {
    const auto bin = middle(readings_);
    readings_.clear();
    bins_.push_back(bin);
    while (bin.at - bins_.front().at > remembered) bins_.pop_front();
    forgetBeforeStep(bin.at);
    if (bin.at - longBinFrom_ >= longBinLength) closeLongBin(bin.at);
    level_ = levelOf(bins_.front().at - Nanoseconds{1}, bin.at);
    levelAt_ = bin.at;
}

/// A sink that ran dry goes on somewhere else, and then keeps to it. A sound server's clock that is merely wrong by as
/// much creeps back, by a third every second or two, and is waited for. The drift of a sink that moved is what it was,
/// so what told of it is moved along.
void ClockMap::forgetBeforeStep(Nanoseconds at) {
    if (at - bins_.front().at <= recent) return;
    const auto moved = levelOf(at - recent, at) - ledOn({levelAt_, level_}, at);
    if (std::chrono::abs(moved) <= step) return;
    auto least = Nanoseconds::max(), most = Nanoseconds::min();
    for (auto bin = bins_.rbegin(); at - bin->at < recent; ++bin) {
        least = std::min(least, ledOn(*bin, at));
        most = std::max(most, ledOn(*bin, at));
    }
    if (most - least > settled) return;
    while (at - bins_.front().at >= recent) bins_.pop_front();
    for (auto& bin : longBins_) bin.offset += moved;
}

/// The drift is the median of the slopes between any two long bins: a few that are wrong do not matter. The shorter the
/// time it was seen in, the less of it is believed.
void ClockMap::closeLongBin(Nanoseconds at) {
    std::vector<Reading> within;
    for (const auto& bin : bins_)
        if (bin.at > longBinFrom_) within.push_back(bin);
    longBinFrom_ = at;
    longBins_.push_back(middle(within));
    while (at - longBins_.front().at > driftRemembered) longBins_.pop_front();
    const std::chrono::duration<double> span = longBins_.back().at - longBins_.front().at;
    if (span < driftLeast) return;
    std::vector<double> slopes;
    slopes.reserve(longBins_.size() * longBins_.size() / 2);
    for (auto to = longBins_.begin(); to != longBins_.end(); ++to)
        for (auto from = longBins_.begin(); from != to; ++from)
            slopes.push_back(static_cast<double>((to->offset - from->offset).count()) /
                             static_cast<double>((to->at - from->at).count()));
    const double most = driftMost * std::min(1.0, span / driftTrusted);
    drift_ = std::clamp(median(slopes), -most, most);
}

ClockMap::Reading ClockMap::middle(const std::vector<Reading>& readings) {
    std::vector<Nanoseconds> offsets;
    offsets.reserve(readings.size());
    for (const auto& reading : readings) offsets.push_back(reading.offset);
    const auto at = readings.front().at + (readings.back().at - readings.front().at) / 2;
    return {at, median(offsets)};
}

}  // namespace loa
