#pragma once
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <stdexcept>
#include <vector>

namespace loa::bench {

/// The middle one; throws std::invalid_argument when there is none.
inline double median(std::vector<double> values) {
    if (values.empty()) throw std::invalid_argument{"the median of nothing"};
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// How long `work()` takes, in milliseconds.
template <class Work>
double millisecondsFor(const Work& work) {
    const auto began = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
}

}  // namespace loa::bench
