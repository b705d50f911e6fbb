#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace loa::test {

/// An HTTP server on loopback whose answers are the test's, byte by byte. One connection at a time, which it keeps
/// until the answer says "Connection: close" or is empty (then it hangs up without a word).
class ScriptedServer {
public:
    using Script = std::function<std::string(const std::string& request)>;

    explicit ScriptedServer(Script script) : script_{std::move(script)} {
        listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address);
        listen(listener_, 8);
        socklen_t length = sizeof address;
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread{[this] { run(); }};
    }
    ~ScriptedServer() {
        {
            const std::lock_guard lock{mutex_};
            stopping_ = true;
            shutdown(listener_, SHUT_RDWR);
            for (const int connection : open_) shutdown(connection, SHUT_RDWR);
        }
        thread_.join();
        for (auto& server : servers_) server.join();
        for (const int connection : open_) close(connection);
        close(listener_);
    }

    /// Sends these bytes, too, wherever the last request had `words` in it.
    void push(const std::string& words, const std::string& bytes) {
        const std::lock_guard lock{scriptMutex_};
        for (const auto& [connection, request] : last_)
            if (request.find(words) != std::string::npos)
                send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    }
    /// Hangs up wherever the last request had `words` in it.
    void hangUp(const std::string& words) {
        const std::lock_guard lock{scriptMutex_};
        for (const auto& [connection, request] : last_)
            if (request.find(words) != std::string::npos) shutdown(connection, SHUT_RDWR);
    }

    /// As an answer: none, and the connection stays open.
    static constexpr const char* silence = "silence";

    std::string address() const { return "http://127.0.0.1:" + std::to_string(port_); }
    /// How many there have been.
    int connections() const {
        const std::lock_guard lock{mutex_};
        return static_cast<int>(open_.size());
    }

    static std::string answer(int status, const std::string& body, const std::string& headers = "") {
        return "HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
               headers + "\r\n" + body;
    }

private:
    void run() {
        for (;;) {
            const int connection = accept(listener_, nullptr, nullptr);
            const std::lock_guard lock{mutex_};
            if (connection < 0) return;
            open_.push_back(connection);
            if (stopping_) return;
            servers_.emplace_back([this, connection] {
                serve(connection);
                shutdown(connection, SHUT_RDWR);
            });
        }
    }

    void serve(int connection) {
        for (std::string received;;) {
            const auto request = readRequest(connection, received);
            if (request.empty()) return;
            const std::lock_guard lock{scriptMutex_};
            const auto reply = script_(request);
            if (reply.empty()) return;
            last_[connection] = request;
            if (reply == silence) continue;
            for (std::size_t sent = 0; sent < reply.size();) {
                const auto count = send(connection, reply.data() + sent, reply.size() - sent, MSG_NOSIGNAL);
                if (count <= 0) return;
                sent += static_cast<std::size_t>(count);
            }
            if (reply.find("Connection: close") != std::string::npos) return;
        }
    }

    static std::string readRequest(int connection, std::string& received) {
        char buffer[4096];
        for (;;) {
            const auto head = received.find("\r\n\r\n");
            if (head != std::string::npos) {
                const auto field = received.find("Content-Length: ");
                const std::size_t body = field < head ? std::stoul(received.substr(field + 16)) : 0;
                if (received.size() >= head + 4 + body) {
                    auto request = received.substr(0, head + 4 + body);
                    received.erase(0, request.size());
                    return request;
                }
            }
            const auto count = recv(connection, buffer, sizeof buffer, 0);
            if (count <= 0) return {};
            received.append(buffer, static_cast<std::size_t>(count));
        }
    }

    Script script_;
    int listener_ = -1;
    int port_ = 0;
    std::mutex scriptMutex_;           ///< of one answer at a time, and of the next
    std::map<int, std::string> last_;  ///< request of each connection
    mutable std::mutex mutex_;         ///< guards the three below
    std::vector<int> open_;            ///< closed when the server is
    std::vector<std::thread> servers_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace loa::test
