#pragma once
#include <filesystem>

#include "scheduler/domain/descriptor.h"

namespace loa {

/// The office's state directory, held by one program at a time: serve while it runs, restore while it replaces what is
/// in it. Gone with this object, and with the process, however it ends.
class StateLock {
public:
    /// Throws Error: conflict "office-in-use" when another program holds it; unavailable when it cannot be had.
    explicit StateLock(const std::filesystem::path& stateDirectory);

private:
    Descriptor file_;
};

/// Throws Error(conflict, "restore-unfinished") when a restore into the directory broke off: what is in it is no office
/// until that restore was made again.
void requireNoHalfRestore(const std::filesystem::path& stateDirectory);

}  // namespace loa
