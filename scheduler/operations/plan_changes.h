#pragma once
#include <condition_variable>
#include <mutex>

#include "scheduler/domain/time.h"

namespace loa {

/// Tells the one thread that publishes that the plan has changed. Who saves does not wait for a thousand manifests; a
/// station that asks meanwhile gets its own made at once. From any thread.
class PlanChanges {
public:
    void note();
    /// Waits until something was noted since the last wait, or stop() was called, at most so long.
    void wait(Milliseconds longest);
    /// From now on nothing waits.
    void stop();
    bool stopped() const;

private:
    mutable std::mutex mutex_;  // guards what follows
    std::condition_variable changed_;
    bool noted_ = false;
    bool stopped_ = false;
};

}  // namespace loa
