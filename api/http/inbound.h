#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace loa {

class WireError;

/// The bytes that come in on a connection, buffered. What is behind it is a function, so that tests need no socket.
class Inbound {
public:
    /// Waits, then writes at most `size` bytes to `into` and says how many; 0 at the end.
    using Receive = std::function<std::size_t(char* into, std::size_t size)>;
    explicit Inbound(Receive receive) : receive_{std::move(receive)}, buffer_(16 * 1024) {}

    bool arrived();  ///< waits for a byte and leaves it; false at the end
    bool buffered() const { return at_ < end_; }

    /// One line, without its CR LF. Throws WireError 400 for a line that ends in a bare LF or holds a bare CR or NUL,
    /// or when the end comes first; `tooLong` when it has more than `limit` bytes.
    std::string line(std::size_t limit, const WireError& tooLong);

    void append(std::string& to,
                std::size_t count);    ///< exactly `count` bytes; throws WireError when the end comes first
    void discard(std::size_t atMost);  ///< until the end or that many bytes

private:
    Receive receive_;
    std::vector<char> buffer_;
    std::size_t at_ = 0;
    std::size_t end_ = 0;
};

}  // namespace loa
