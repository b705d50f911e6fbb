#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

namespace loa::test {

inline sockaddr_in loopbackAddress(const std::string& host, int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    inet_pton(AF_INET, host.c_str(), &address.sin_addr);
    return address;
}

/// A TCP socket on 127.0.0.x, and nowhere else. Closed with its owner.
class LoopbackSocket {
public:
    LoopbackSocket() : descriptor_{socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
        if (descriptor_ < 0) throw std::runtime_error{"no socket is left"};
    }
    ~LoopbackSocket() {
        if (descriptor_ >= 0) close(descriptor_);
    }
    LoopbackSocket(LoopbackSocket&& other) noexcept : descriptor_{std::exchange(other.descriptor_, -1)} {}
    LoopbackSocket& operator=(LoopbackSocket&&) = delete;

    /// False where nobody listens, or takes no more.
    bool connectFrom(const std::string& host, int port) {
        const auto from = loopbackAddress(host, 0);
        const auto to = loopbackAddress("127.0.0.1", port);
        return bind(descriptor_, reinterpret_cast<const sockaddr*>(&from), sizeof from) == 0 &&
               connect(descriptor_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
    }
    /// Listens on a free port of 127.0.0.1 and returns it.
    int listenAnywhere() {
        auto address = loopbackAddress("127.0.0.1", 0);
        socklen_t size = sizeof address;
        if (bind(descriptor_, reinterpret_cast<const sockaddr*>(&address), size) != 0 || listen(descriptor_, 16) != 0 ||
            getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
            throw std::runtime_error{"cannot listen on loopback"};
        return ntohs(address.sin_port);
    }
    /// Whether somebody has connected to where it listens.
    bool wasConnectedTo() {
        pollfd waiting{descriptor_, POLLIN, 0};
        return poll(&waiting, 1, 0) > 0;
    }
    /// Sends all, and reads until the other side closes or half a minute has brought nothing.
    std::string exchange(const std::string& bytes) {
        const timeval patience{30, 0};
        setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        std::string answer;
        if (send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL) < 0) return answer;
        char block[4096];
        for (ssize_t got = 0; (got = recv(descriptor_, block, sizeof block, 0)) > 0;)
            answer.append(block, static_cast<std::size_t>(got));
        return answer;
    }

private:
    int descriptor_;
};

/// How many more sockets this process may open, at most `wanted`.
inline int socketsAllowed(int wanted) {
    constexpr int otherFiles = 100;
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, static_cast<rlim_t>(wanted + otherFiles));
    setrlimit(RLIMIT_NOFILE, &limit);
    return std::min(wanted, static_cast<int>(limit.rlim_cur) - otherFiles);
}

}  // namespace loa::test
