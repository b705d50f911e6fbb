#pragma once
#include <algorithm>
#include <cstdint>
#include <string_view>

#include "scheduler/domain/time.h"

namespace loa {

/// A number from 0 to 999 that is the station's own: a thousand stations that lost the office at once do not all come
/// back in the same instant. Derived, not random, so that a run can be repeated.
constexpr int stationJitter(std::string_view station) {
    std::uint32_t hash = 2166136261u;  // FNV-1a
    for (const char letter : station) hash = (hash ^ static_cast<unsigned char>(letter)) * 16777619u;
    return static_cast<int>(hash % 1000u);
}

/// When one kind of request may be made: one at a time, after failures at growing distances (1, 2, 4, 8, then 16 s, and
/// up to a fifth more by the station's jitter).
class Pace {
public:
    bool free(Milliseconds sinceBoot) const { return !underWay_ && sinceBoot >= next_; }
    bool underWay() const { return underWay_; }
    int failures() const { return failures_; }

    void begin() { underWay_ = true; }
    /// The next one not before `wait` has passed.
    void succeed(Milliseconds sinceBoot, Milliseconds wait) {
        underWay_ = false;
        failures_ = 0;
        next_ = sinceBoot + wait;
    }
    /// Another try may be made at once, because it will not be the same.
    void again(Milliseconds sinceBoot) {
        underWay_ = false;
        next_ = sinceBoot;
    }
    void fail(Milliseconds sinceBoot, int jitter) {
        constexpr int longest = 4;
        underWay_ = false;
        const Milliseconds wait = std::chrono::seconds{1 << std::min(failures_, longest)};
        next_ = sinceBoot + wait + wait * jitter / 5000;
        ++failures_;
    }

private:
    bool underWay_ = false;
    int failures_ = 0;
    Milliseconds next_{0};
};

}  // namespace loa
