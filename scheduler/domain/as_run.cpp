#include "scheduler/domain/as_run.h"

namespace loa {

std::string_view toText(AsRunResult result) {
    switch (result) {
        case AsRunResult::aired:
            return toText(AiringResult::aired);
        case AsRunResult::airedLate:
            return toText(AiringResult::airedLate);
        case AsRunResult::partial:
            return toText(AiringResult::partial);
        case AsRunResult::silent:
            return toText(AiringResult::silent);
        case AsRunResult::preempted:
            return toText(AiringResult::preempted);
        case AsRunResult::missed:
            return toText(AiringResult::missed);
        case AsRunResult::unknown:
            return "unknown";
    }
    return {};
}

}  // namespace loa
