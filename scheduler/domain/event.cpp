#include "scheduler/domain/event.h"

namespace loa {

AirPolicy defaultPolicy(MessageClass messageClass) {
    AirPolicy policy;
    if (messageClass == MessageClass::priority) {
        policy.overrun = OverrunPolicy::finishCurrent;
    } else {
        policy.start = StartMode::soft;
        policy.grace = std::chrono::minutes{5};
    }
    return policy;
}

}  // namespace loa
