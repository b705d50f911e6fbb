#pragma once
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>

#include <chrono>
#include <string>
#include <string_view>

#include "api/http/router.h"
#include "api/http/server.h"

namespace loa {

/// A client that sends what it is told to, byte for byte. Whatever it waits for it waits for at most 30 s: then the
/// server has failed.
class RawClient {
public:
    /// `from` is the address of loopback that it speaks from.
    explicit RawClient(std::uint16_t port, const std::string& from = "127.0.0.1") {
        socket_.impl()->bind(Poco::Net::SocketAddress{from, 0});
        socket_.connect(Poco::Net::SocketAddress{"127.0.0.1", port});
        socket_.setReceiveTimeout(Poco::Timespan{30, 0});
    }

    /// Where the server has closed, that is for the next read to find out: it may have said why.
    RawClient& send(std::string_view bytes) {
        try {
            while (!bytes.empty()) {
                const int sent = socket_.sendBytes(bytes.data(), static_cast<int>(bytes.size()));
                bytes.remove_prefix(static_cast<std::size_t>(sent));
            }
        } catch (const Poco::Exception&) {
            return *this;
        }
        return *this;
    }

    RawClient& sendNoMore() {
        try {
            socket_.shutdownSend();
        } catch (const Poco::Exception&) {
            return *this;
        }
        return *this;
    }

    /// All until the server closes. A reset counts as closing.
    std::string readToEnd() {
        while (readSome()) {
        }
        return std::move(read_);
    }

    /// One answer: head and, by its Content-Length, body.
    std::string readAnswer(bool hasBody = true) {
        std::size_t end = std::string::npos;
        while ((end = read_.find("\r\n\r\n")) == std::string::npos)
            if (!readSome()) return "";
        std::size_t size = end + 4;
        const auto length = read_.find("Content-Length: ");
        if (hasBody && length < end) size += std::stoul(read_.substr(length + 16));
        while (read_.size() < size)
            if (!readSome()) return "";
        auto answer = read_.substr(0, size);
        read_.erase(0, size);
        return answer;
    }

    /// Waits that long for something to read, which the end is too.
    bool hasHeard(std::chrono::milliseconds patience) {
        return socket_.poll(Poco::Timespan{patience.count() * 1000}, Poco::Net::Socket::SELECT_READ);
    }

    /// What was read and not given yet.
    const std::string& soFar() const { return read_; }

    /// Waits for some bytes; false at the end.
    bool readSome() {
        char block[4096];
        try {
            const int got = socket_.receiveBytes(block, sizeof block);
            if (got > 0) read_.append(block, static_cast<std::size_t>(got));
            return got > 0;
        } catch (const Poco::TimeoutException&) {
            throw;
        } catch (const Poco::Exception&) {
            return false;
        }
    }

private:
    Poco::Net::StreamSocket socket_;
    std::string read_;
};

inline int statusOf(const std::string& answer) {
    return answer.size() > 12 ? std::stoi(answer.substr(9, 3)) : 0;
}

inline std::size_t countOf(const std::string& text, std::string_view part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
    return count;
}

inline bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

}  // namespace loa
