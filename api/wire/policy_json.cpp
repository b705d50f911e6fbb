#include "api/wire/policy_json.h"

namespace loa {

Json toJson(const AirPolicy& policy) {
    return {{"start", toText(policy.start)},
            {"preempt", toText(policy.preempt)},
            {"overrun", toText(policy.overrun)},
            {"lateJoin", toText(policy.lateJoin)},
            {"graceSeconds", policy.grace.count() / 1000}};
}

AirPolicy policyFrom(ObjectReader reader) {
    AirPolicy policy;
    if (reader.has("start")) policy.start = choiceFrom<StartMode>(reader, "start");  // manifests had none once
    policy.preempt = choiceFrom<PreemptPolicy>(reader, "preempt");
    policy.overrun = choiceFrom<OverrunPolicy>(reader, "overrun");
    policy.lateJoin = choiceFrom<LateJoinPolicy>(reader, "lateJoin");
    policy.grace = std::chrono::seconds{reader.integer("graceSeconds", 0, 600)};
    reader.end();
    return policy;
}

}  // namespace loa
