#pragma once
#include <atomic>
#include <utility>

#include "player/sound/fine_time.h"

namespace loa {

/// Tells others how long a call into GStreamer has not come back: some never do (a frozen sound server), and only the
/// end of the process helps then. One thread makes calls; any thread asks.
class HangWatch {
public:
    template <class Call>
    auto during(Call&& call) {
        since_ = monotonicNow().count();
        const struct Done {
            std::atomic<std::int64_t>& since;
            ~Done() { since = 0; }
        } done{since_};
        return std::forward<Call>(call)();
    }
    bool hangs() const {
        const std::int64_t since = since_;
        return since != 0 && monotonicNow() - Nanoseconds{since} > limit;
    }

private:
    static constexpr Nanoseconds limit = std::chrono::seconds{5};
    std::atomic<std::int64_t> since_{0};
};

}  // namespace loa
