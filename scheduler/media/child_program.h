#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "scheduler/domain/time.h"

namespace loa {

/// A program to run as a child that gets nothing but what is listed: no environment, no other descriptor, no shell, a
/// session of its own.
struct ChildProgram {
    std::filesystem::path program;       ///< absolute
    std::vector<std::string> arguments;  ///< without the program's name
    struct Handed {
        int ours;
        int theirs;
    };
    std::vector<Handed> descriptors;  ///< 0 to 2 are /dev/null where not listed
    int linesDescriptor = -1;         ///< where the child writes lines to us; -1: nowhere
    std::int64_t fileBytes = 0;       ///< largest file it may write (RLIMIT_FSIZE)
    Milliseconds deadline{};          ///< from its start; then it and all it started is killed
    int stopDescriptor = -1;          ///< once there is something to read, it is killed likewise; -1: never
};

enum class ChildEnding {
    finished,   ///< exit code 0
    failed,     ///< another exit code, a signal, or lines longer than 4 KiB
    late,       ///< killed at the deadline
    notStarted  ///< the program is not there or not executable
};

/// Runs it to its end on the calling thread; each line it writes is given to `takeLine` without its line feed. Whatever
/// happens, also when takeLine throws, no child is left behind. Throws Error unavailable: "media-busy" when the system
/// is out of processes or descriptors, "media-stopped" when it was ended by the stopDescriptor.
ChildEnding runChild(const ChildProgram& program, const std::function<void(std::string_view)>& takeLine = {});

}  // namespace loa
