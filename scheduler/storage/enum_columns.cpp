#include "scheduler/storage/enum_columns.h"

namespace loa {

std::string_view toColumn(MessageClass value) {
    return value == MessageClass::priority ? "priority" : "normal";
}

std::string_view toColumn(PreemptPolicy value) {
    return value == PreemptPolicy::drop ? "drop" : "rejoin";
}

std::string_view toColumn(OverrunPolicy value) {
    return value == OverrunPolicy::finishCurrent ? "finishCurrent" : "hardEnd";
}

std::string_view toColumn(LateJoinPolicy value) {
    return value == LateJoinPolicy::skip ? "skip" : "atOffset";
}

}  // namespace loa
