#pragma once
#include <cstdint>

namespace loa {

/// Limits of this process, for good: CPU seconds, file size, no core, few descriptors, and address space (not under the
/// sanitizers, which reserve terabytes).
struct CageLimits {
    std::uint64_t cpuSeconds;
    std::uint64_t fileBytes;
    std::uint64_t memoryBytes;
};

/// Closes the cage: the limits, then a filter (libseccomp, all threads) that lets through only what decoding needs on
/// descriptors already open. No sockets, no programs, no files opened, no memory made executable. Ends the process's
/// ability to ever leave it. Throws std::runtime_error when the kernel refuses.
void enterCage(const CageLimits& limits);

/// Tries from inside what must not work, prints a line for each to standard output ("socket denied") and returns 0 only
/// if all was denied.
int checkCage();

}  // namespace loa
