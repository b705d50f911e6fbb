// Buffered reading from a connection. Runs on the connection's worker thread; it waits as long as `receive` does, and
// the reaper (connections.h) sees to it that this has an end.
#include "api/http/inbound.h"

#include <algorithm>

#include "api/http/wire_error.h"

namespace loa {

bool Inbound::arrived() {
    if (at_ == end_) {
        at_ = 0;
        end_ = receive_(buffer_.data(), buffer_.size());
    }
    return at_ < end_;
}

std::string Inbound::line(std::size_t limit, const WireError& tooLong) {
    std::string line;
    for (bool ended = false; !ended;) {
        if (!arrived()) throw incomplete();
        const std::string_view here{&buffer_[at_], end_ - at_};
        const auto length = std::min(here.find('\n'), here.size());
        if (line.size() + length > limit + 1) throw tooLong;  // its CR does not count
        line.append(here.substr(0, length));
        ended = length < here.size();
        at_ += ended ? length + 1 : length;
    }
    const bool properEnd = !line.empty() && line.back() == '\r';
    if (properEnd) line.pop_back();
    const bool strayControl = line.find_first_of(std::string_view{"\r\0", 2}) != std::string::npos;
    if (!properEnd || strayControl)
        throw badRequest("line-ends", "Dòng trong phần đầu yêu cầu không kết thúc bằng CR LF.",
                         "A line of the request's head does not end in CR LF.");
    return line;
}

void Inbound::append(std::string& to, std::size_t count) {
    while (count > 0) {
        if (!arrived()) throw incomplete();
        const auto part = std::min(count, end_ - at_);
        to.append(&buffer_[at_], part);
        at_ += part;
        count -= part;
    }
}

void Inbound::discard(std::size_t atMost) {
    while (atMost > 0 && arrived()) {
        const auto part = std::min(atMost, end_ - at_);
        at_ += part;
        atMost -= part;
    }
}

}  // namespace loa
