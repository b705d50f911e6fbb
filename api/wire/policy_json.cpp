#include "api/wire/policy_json.h"

#include <array>
#include <utility>

namespace loa {
namespace {

constexpr std::array classes{std::pair{MessageClass::normal, "normal"}, std::pair{MessageClass::priority, "priority"}};
constexpr std::array preempts{std::pair{PreemptPolicy::rejoin, "rejoin"}, std::pair{PreemptPolicy::drop, "drop"}};
constexpr std::array overruns{std::pair{OverrunPolicy::hardEnd, "hardEnd"},
                              std::pair{OverrunPolicy::finishCurrent, "finishCurrent"}};
constexpr std::array lateJoins{std::pair{LateJoinPolicy::atOffset, "atOffset"},
                               std::pair{LateJoinPolicy::skip, "skip"}};

template <class Table, class Value>
const char* wordOf(const Table& table, Value value) {
    for (const auto& [entry, word] : table)
        if (entry == value) return word;
    return "";
}

template <class Table>
auto choiceFrom(const Table& table, ObjectReader& reader, std::string_view member) {
    const auto text = reader.text(member, 32);
    for (const auto& [entry, word] : table)
        if (text == word) return entry;
    reader.refuse(member, "is not one of its words");
}

}  // namespace

std::string_view toText(MessageClass messageClass) {
    return wordOf(classes, messageClass);
}

MessageClass messageClassFrom(ObjectReader& reader, std::string_view member) {
    return choiceFrom(classes, reader, member);
}

Json toJson(const AirPolicy& policy) {
    return {{"preempt", wordOf(preempts, policy.preempt)},
            {"overrun", wordOf(overruns, policy.overrun)},
            {"lateJoin", wordOf(lateJoins, policy.lateJoin)},
            {"graceSeconds", policy.grace.count() / 1000}};
}

AirPolicy policyFrom(ObjectReader reader) {
    AirPolicy policy;
    policy.preempt = choiceFrom(preempts, reader, "preempt");
    policy.overrun = choiceFrom(overruns, reader, "overrun");
    policy.lateJoin = choiceFrom(lateJoins, reader, "lateJoin");
    policy.grace = std::chrono::seconds{reader.integer("graceSeconds", 0, 600)};
    reader.end();
    return policy;
}

}  // namespace loa
