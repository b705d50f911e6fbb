#pragma once
#include <cstddef>
#include <string_view>

namespace loa {

/// The bytes of a sealed memfd, mapped to read. Seals mean that nobody changes or shortens them meanwhile.
class SealedMemory {
public:
    /// Throws std::runtime_error when `descriptor` is not sealed against writing and shrinking, is empty or over 64
    /// MiB.
    explicit SealedMemory(int descriptor);
    ~SealedMemory();
    SealedMemory(const SealedMemory&) = delete;
    SealedMemory& operator=(const SealedMemory&) = delete;
    const void* data() const { return data_; }
    std::size_t size() const { return size_; }
    std::string_view text() const { return {static_cast<const char*>(data_), size_}; }

private:
    void* data_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace loa
