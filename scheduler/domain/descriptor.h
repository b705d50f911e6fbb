#pragma once
#include <unistd.h>

#include <utility>

namespace loa {

/// A file descriptor with one owner, who closes it.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_{number} {}
    Descriptor(Descriptor&& other) noexcept : number_{other.release()} {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        if (this != &other) {
            reset();
            number_ = other.release();
        }
        return *this;
    }
    ~Descriptor() { reset(); }

    int get() const noexcept { return number_; }
    bool valid() const noexcept { return number_ >= 0; }
    /// Hands the number over: from now on somebody else closes it.
    int release() noexcept { return std::exchange(number_, -1); }
    void reset() noexcept {
        if (valid()) ::close(release());
    }

private:
    int number_ = -1;
};

}  // namespace loa
