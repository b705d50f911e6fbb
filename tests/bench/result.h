#pragma once
#include <string>

namespace loa::bench {

/// One line of a benchmark: ours against a peer's figure for the same, or against a limit. Lower is better.
struct Result {
    std::string name;    ///< "start error idle, median"
    double ours = 0;     ///< in `unit`
    double against = 0;  ///< in `unit`, above 0
    std::string whose;   ///< "Liquidsoap", or "limit"
    std::string unit;    ///< "ms"
    std::string aim;     ///< in words: "<= 2 ms and <= 0.1 of Liquidsoap's"
    bool holds = false;  ///< ours reaches the aim
};

/// Writes it to stdout as one line of JSON, as tests/bench/run reads it.
void print(const Result& result);

}  // namespace loa::bench
