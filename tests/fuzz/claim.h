#pragma once
#include <cstdio>
#include <cstdlib>

namespace loa {

/// Ends the program where a claim does not hold, so that the fuzzer keeps the input.
inline void claim(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

}  // namespace loa
