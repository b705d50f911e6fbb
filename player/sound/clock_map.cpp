// See clock_map.h. The mixing loop adds a reading with each block and asks for the median; no other thread sees it.
#include "player/sound/clock_map.h"

#include <algorithm>
#include <vector>

namespace loa {
namespace {

constexpr Nanoseconds interrupted = std::chrono::microseconds{200};
constexpr Nanoseconds remembered = std::chrono::seconds{2};
constexpr Nanoseconds warm = std::chrono::milliseconds{800};
constexpr std::size_t fewest = 20;

}  // namespace

void ClockMap::add(Nanoseconds before, Nanoseconds sink, Nanoseconds after) {
    if (after - before > interrupted) return;
    const auto at = (before + after) / 2;
    if (readings_.empty()) first_ = at;
    readings_.push_back({at, at - sink});
    while (readings_.size() > fewest && at - readings_.front().at > remembered) readings_.pop_front();
}

bool ClockMap::ready() const {
    return readings_.size() >= fewest && readings_.back().at - first_ >= warm;
}

Nanoseconds ClockMap::offset() const {
    std::vector<Nanoseconds> offsets;
    offsets.reserve(readings_.size());
    for (const auto& reading : readings_) offsets.push_back(reading.offset);
    const auto middle = offsets.begin() + static_cast<std::ptrdiff_t>(offsets.size() / 2);
    std::nth_element(offsets.begin(), middle, offsets.end());
    return *middle;
}

}  // namespace loa
