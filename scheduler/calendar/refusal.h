#pragma once
#include <string>
#include <utility>

#include "scheduler/domain/error.h"

namespace loa {

/// Refuses what a calendar says (422), with the line it says it on.
[[noreturn]] inline void refuse(int line, std::string code, std::string vietnamese, std::string english) {
    throw Error(Fault::invalid, std::move(code), Words{std::move(vietnamese), std::move(english)}, line);
}

/// Refuses what cannot even be read as a calendar (400).
[[noreturn]] inline void refuseText(int line, std::string code, std::string vietnamese, std::string english) {
    throw Error(Fault::malformed, std::move(code), Words{std::move(vietnamese), std::move(english)}, line);
}

/// Refuses a TZID: read as UTC it would air seven hours late.
[[noreturn]] inline void unknownZone(const std::string& name, int line) {
    refuse(line, "unknown-zone",
           "Không biết múi giờ “" + name + "”. Đổi sang múi giờ như Asia/Ho_Chi_Minh rồi làm lại.",
           "The time zone '" + name + "' is not known. Change it to one such as Asia/Ho_Chi_Minh and try again.");
}

}  // namespace loa
