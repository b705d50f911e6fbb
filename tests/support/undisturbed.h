#pragma once
#include <string>
#include <vector>

namespace loa {

/// The command, run apart from the test's own load and ahead of other work, as a service with Nice= and CPUWeight= is.
/// Without the right to that, it is run all the same.
inline std::vector<std::string> undisturbed(const std::vector<std::string>& command) {
    std::vector<std::string> whole{"setsid", "sh", "-c",
                                   "echo -15 2>/dev/null >/proc/self/autogroup; exec nice -n -10 \"$0\" \"$@\" "};
    whole.insert(whole.end(), command.begin(), command.end());
    return whole;
}

}  // namespace loa
