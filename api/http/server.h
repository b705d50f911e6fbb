#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "api/http/router.h"
#include "scheduler/domain/time.h"

namespace loa {

class EventHub;

struct TlsFiles {
    std::string chain;  ///< PEM: the server's certificate, then those above it
    std::string key;    ///< PEM, without passphrase
};

/// One port, with its own threads: what floods one listener does not hold up another.
struct ListenerOptions {
    std::string name = "api";            ///< in the log
    std::string host = "127.0.0.1";      ///< an address or a name of this machine
    std::uint16_t port = 0;              ///< 0: any free one, see Server::port
    std::optional<TlsFiles> tls;         ///< TLS 1.3; empty: plain HTTP, on loopback only
    int threads = 32;                    ///< connections served at the same time
    int queued = 1000;                   ///< connections that wait for a thread; further ones are closed at once
    int maxConnectionsPerAddress = 256;  ///< 0: no limit (behind a proxy all have one address)
    Milliseconds headerDeadline{
        10'000};                    ///< from the first byte to the end of the head; also from accept to the first byte
    Milliseconds keepAlive{2'000};  ///< between two requests
    Milliseconds answerDeadline{30'000};              ///< an answer may stand still this long, and go out
    std::uint64_t slowestBytesPerSecond = 16 * 1024;  ///< this slowly, and bodies come in; above 0
    EventHub* events = nullptr;                       ///< has the streams of events; must outlive the server
    Log accessLog;                                    ///< one line for each request; empty: none
};

/// Serves a router on one port. Every answer comes from the router or from the connection's own rules (README.md).
class Server {
public:
    /// The router must outlive the server. Throws Error: forbidden for plain HTTP on an address that is not loopback,
    /// invalid for a host that is none or TLS files that cannot be used.
    Server(const Router& router, ListenerOptions options);
    ~Server();  ///< stops

    void start();  ///< binds and listens; throws Error unavailable when the port is taken
    /// Accepts nothing more, lets requests whose handler runs be answered, closes all others, and returns when all
    /// threads are free. Takes up to a quarter of a second, and as long as the slowest handler.
    void stop();
    std::uint16_t port() const;  ///< the bound port; 0 before start

private:
    struct Listener;
    std::unique_ptr<Listener> listener_;
};

}  // namespace loa
