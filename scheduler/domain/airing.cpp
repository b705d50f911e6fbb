#include "scheduler/domain/airing.h"

#include <array>
#include <utility>

namespace loa {
namespace {

constexpr std::array results{
    std::pair{AiringResult::aired, std::string_view{"aired"}},
    std::pair{AiringResult::airedLate, std::string_view{"airedLate"}},
    std::pair{AiringResult::partial, std::string_view{"partial"}},
    std::pair{AiringResult::silent, std::string_view{"silent"}},
    std::pair{AiringResult::preempted, std::string_view{"preempted"}},
    std::pair{AiringResult::missed, std::string_view{"missed"}},
};

constexpr std::array reasons{
    std::pair{MissReason::none, std::string_view{"none"}},
    std::pair{MissReason::restart, std::string_view{"restart"}},
    std::pair{MissReason::planLate, std::string_view{"planLate"}},
    std::pair{MissReason::mediaAbsent, std::string_view{"mediaAbsent"}},
    std::pair{MissReason::mediaDamaged, std::string_view{"mediaDamaged"}},
    std::pair{MissReason::mediaTruncated, std::string_view{"mediaTruncated"}},
    std::pair{MissReason::deviceLost, std::string_view{"deviceLost"}},
    std::pair{MissReason::soundLost, std::string_view{"soundLost"}},
    std::pair{MissReason::noSignal, std::string_view{"noSignal"}},
    std::pair{MissReason::clockUntrusted, std::string_view{"clockUntrusted"}},
    std::pair{MissReason::clockStep, std::string_view{"clockStep"}},
    std::pair{MissReason::lateJoinSkip, std::string_view{"lateJoinSkip"}},
    std::pair{MissReason::withdrawn, std::string_view{"withdrawn"}},
    std::pair{MissReason::preempted, std::string_view{"preempted"}},
};

template <class Table, class Value>
std::string_view textOf(const Table& table, Value value) {
    for (const auto& [entry, text] : table)
        if (entry == value) return text;
    return {};
}

template <class Value, class Table>
std::optional<Value> valueOf(const Table& table, std::string_view text) {
    for (const auto& [entry, word] : table)
        if (word == text) return entry;
    return std::nullopt;
}

}  // namespace

std::string_view toText(AiringResult result) {
    return textOf(results, result);
}

std::string_view toText(MissReason reason) {
    return textOf(reasons, reason);
}

std::optional<AiringResult> airingResult(std::string_view text) {
    return valueOf<AiringResult>(results, text);
}

std::optional<MissReason> missReason(std::string_view text) {
    return valueOf<MissReason>(reasons, text);
}

}  // namespace loa
