#pragma once
#include <cstring>
#include <string>

#include "api/http/inbound.h"

namespace loa {

/// A connection whose bytes are known: they arrive one at a time, then it ends.
inline Inbound inboundOf(std::string bytes) {
    return Inbound{[bytes = std::move(bytes), at = std::size_t{0}](char* into, std::size_t) mutable -> std::size_t {
        if (at == bytes.size()) return 0;
        *into = bytes[at++];
        return 1;
    }};
}

}  // namespace loa
