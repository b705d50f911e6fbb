// See wake.h.
#include "player/sound/wake.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>
#include <stdexcept>

namespace loa {

Wake::Wake() : event_{eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)} {
    if (!event_.valid()) throw std::runtime_error("eventfd");
}

void Wake::call() const {
    const std::uint64_t one = 1;
    // It can only fail when the counter is full, and then the other side is awake already.
    [[maybe_unused]] const auto written = write(event_.get(), &one, sizeof one);
}

void Wake::clear() const {
    std::uint64_t count = 0;
    [[maybe_unused]] const auto taken = read(event_.get(), &count, sizeof count);
}

}  // namespace loa
