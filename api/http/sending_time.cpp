#include "api/http/sending_time.h"

#include <algorithm>

namespace loa {

SendingTime::SendingTime(Milliseconds slack, std::uint64_t slowestBytesPerSecond, Time end)
    : slack_{slack}, slowestBytesPerSecond_{slowestBytesPerSecond}, end_{end}, left_{slack} {}

Milliseconds SendingTime::earned(std::uint64_t bytes) const {
    return Milliseconds{bytes * 1000 / slowestBytesPerSecond_};
}

Milliseconds SendingTime::allowed(std::uint64_t bytes, Time now) const {
    return std::min(left_ + earned(bytes), std::chrono::duration_cast<Milliseconds>(end_ - now));
}

void SendingTime::spent(std::uint64_t bytes, Milliseconds took) {
    left_ = std::min(slack_, left_ + earned(bytes) - took);
}

}  // namespace loa
