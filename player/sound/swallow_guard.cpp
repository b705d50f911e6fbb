// See swallow_guard.h. Arithmetic on readings; no clock, no waiting.
#include "player/sound/swallow_guard.h"

#include <algorithm>

namespace loa {
namespace {

using namespace std::chrono_literals;

constexpr Nanoseconds anchorEach = 10s;
constexpr Nanoseconds runaway = 500ms;
constexpr Nanoseconds bound = 100ms;

}  // namespace

void SwallowGuard::begin(Nanoseconds sink, Nanoseconds monotonic) {
    lead_ = (sink - monotonic).count();
    since_ = monotonic;
    leads_.clear();
}

bool SwallowGuard::add(Nanoseconds sink, Nanoseconds monotonic) {
    const auto lead = (sink - monotonic).count();
    leads_.push_back(lead);
    if (monotonic - since_ >= anchorEach) {
        const auto middle = leads_.begin() + static_cast<std::ptrdiff_t>(leads_.size() / 2);
        std::nth_element(leads_.begin(), middle, leads_.end());
        lead_ = *middle;
        leads_.clear();
        since_ = monotonic;
    }
    return Nanoseconds{lead - lead_} <= runaway;
}

Nanoseconds SwallowGuard::latest(Nanoseconds monotonic) const {
    return monotonic + Nanoseconds{lead_.load()} + bound;
}

}  // namespace loa
