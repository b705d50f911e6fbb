#include "scheduler/operations/plan_changes.h"

namespace loa {

void PlanChanges::note() {
    {
        const std::lock_guard lock{mutex_};
        noted_ = true;
    }
    changed_.notify_all();
}

void PlanChanges::wait(Milliseconds longest) {
    std::unique_lock lock{mutex_};
    changed_.wait_for(lock, longest, [this] { return noted_ || stopped_; });
    noted_ = false;
}

void PlanChanges::stop() {
    {
        const std::lock_guard lock{mutex_};
        stopped_ = true;
    }
    changed_.notify_all();
}

bool PlanChanges::stopped() const {
    const std::lock_guard lock{mutex_};
    return stopped_;
}

}  // namespace loa
