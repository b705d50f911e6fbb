#pragma once
#include <poll.h>

#include <chrono>
#include <functional>

namespace loa {

/// Asks every 10 ms whether something has become so; false when `limit` passed first.
inline bool waitUntil(const std::function<bool()>& isSo, std::chrono::seconds limit) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (!isSo()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        poll(nullptr, 0, 10);
    }
    return true;
}

}  // namespace loa
