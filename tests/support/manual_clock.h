#pragma once
#include <atomic>

#include "scheduler/domain/clock.h"

namespace loa::test {

/// A clock that stands until it is set. May be read from any thread.
class ManualClock final : public Clock {
public:
    explicit ManualClock(Instant start) : now_{epochMilliseconds(start)} {}
    Instant now() const override { return fromEpochMilliseconds(now_); }
    Milliseconds sinceBoot() const override { return Milliseconds{boot_}; }
    bool synchronised() const override { return synchronised_; }
    void synchronise(bool is) { synchronised_ = is; }
    void set(Instant now) { now_ = epochMilliseconds(now); }
    void advance(Milliseconds by) {
        now_ += by.count();
        boot_ += by.count();
    }

private:
    std::atomic<std::int64_t> now_;
    std::atomic<std::int64_t> boot_{1'000'000};
    std::atomic<bool> synchronised_{true};
};

}  // namespace loa::test
