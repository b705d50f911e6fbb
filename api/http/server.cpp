// One listener: Poco's acceptor, its own thread pool, its own register of connections. start and stop are called from
// one thread. Poco's HTTPServer is not used, only its TCPServer; head.cpp says why.
#include "api/http/server.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLManager.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/Net/TCPServerConnectionFactory.h>
#include <Poco/Net/TCPServerParams.h>
#include <Poco/ThreadPool.h>

#include "api/http/connections.h"
#include "api/http/served_connection.h"

namespace loa {

namespace {

using namespace Poco::Net;

// Poco frees a thread a little after it has counted it as free; with no thread to spare a connection would wait in
// vain.
constexpr int spareThreads = 16;
constexpr int backlog = 1024;

class Factory final : public TCPServerConnectionFactory {
public:
    Factory(const Router& router, const ListenerOptions& options, Connections& connections)
        : router_{router}, options_{options}, connections_{connections} {}
    TCPServerConnection* createConnection(const StreamSocket& socket) override {
        return std::make_unique<ServedConnection>(socket, router_, options_, connections_).release();
    }

private:
    const Router& router_;
    const ListenerOptions& options_;
    Connections& connections_;
};

/// Runs in the acceptor's thread, before a connection is queued.
class Gate final : public TCPServerConnectionFilter {
public:
    Gate(const ListenerOptions& options, Connections& connections) : options_{options}, connections_{connections} {}
    bool accept(const StreamSocket& socket) override { return connections_.add(socket, options_.headerDeadline); }

private:
    const ListenerOptions& options_;
    Connections& connections_;
};

SocketAddress addressOf(const ListenerOptions& options) {
    try {
        return SocketAddress{options.host, options.port};
    } catch (const Poco::Exception&) {
        throw Error{
            Fault::invalid, "listen-address",
            Words{"Không có địa chỉ \"" + options.host + "\" trên máy này. Sửa lại trong cấu hình.",
                  "There is no address \"" + options.host + "\" on this machine. Correct it in the configuration."}};
    }
}

Context::Ptr contextOf(const TlsFiles& files) {
    try {
        Context::Params params;
        params.certificateFile = files.chain;
        params.privateKeyFile = files.key;
        params.verificationMode = Context::VERIFY_NONE;
        params.loadDefaultCAs = false;
        auto context = Poco::makeAuto<Context>(Context::TLS_SERVER_USE, params);
        // OpenSSL drops a key that does not fit, in silence, and would then refuse every handshake; Poco does not ask.
        if (SSL_CTX_check_private_key(context->sslContext()) != 1)
            throw Poco::InvalidArgumentException{"the key is not the certificate's"};
        context->requireMinimumProtocol(Context::PROTO_TLSV1_3);
        context->enableSessionCache(false);
        // For streams of events: thousands that say little keep no buffers, and what is sent in part goes on as it can.
        SSL_CTX_set_mode(context->sslContext(), SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                                    SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
        return context;
    } catch (const Poco::Exception& error) {
        throw Error{
            Fault::invalid, "tls-files",
            Words{"Không dùng được chứng thư " + files.chain + " với khóa " + files.key + ": " + error.displayText(),
                  "The certificate " + files.chain + " and the key " + files.key +
                      " cannot be used: " + error.displayText()}};
    }
}

ServerSocket bound(const SocketAddress& address, const Context::Ptr& context) {
    try {
        ServerSocket socket = context.isNull() ? ServerSocket{} : SecureServerSocket{context};
        socket.bind(address, true, false);  // never share a port: two schedulers would answer in turn
        socket.listen(backlog);
        return socket;
    } catch (const Poco::Exception& error) {
        throw Error{Fault::unavailable, "port-taken",
                    Words{"Không mở được cổng " + address.toString() + ". Có thể chương trình khác đang dùng.",
                          "Cannot listen on " + address.toString() + ". Another program may be using it. (" +
                              error.displayText() + ")"}};
    }
}

}  // namespace

struct Server::Listener {
    Listener(const Router& routes, ListenerOptions given)
        : router{routes}, options{std::move(given)}, address{addressOf(options)} {
        if (options.tls)
            context = contextOf(*options.tls);
        else if (!address.host().isLoopback())
            throw Error{Fault::forbidden, "plain-http",
                        Words{"HTTP không mã hóa chỉ được mở ở 127.0.0.1 hoặc ::1. Đặt chứng thư TLS cho " +
                                  address.toString() + ".",
                              "Plain HTTP may be opened on 127.0.0.1 or ::1 only. Give a TLS certificate for " +
                                  address.toString() + "."}};
    }

    const Router& router;
    const ListenerOptions options;
    const SocketAddress address;
    Context::Ptr context;
    // In the order they start; they stop the other way round.
    std::unique_ptr<Connections> connections;
    std::unique_ptr<Poco::ThreadPool> pool;
    std::unique_ptr<TCPServer> acceptor;
};

Server::Server(const Router& router, ListenerOptions options)
    : listener_{std::make_unique<Listener>(router, std::move(options))} {}

Server::~Server() {
    stop();
}

void Server::start() {
    auto& it = *listener_;
    const auto socket = bound(it.address, it.context);
    auto parameters = Poco::makeAuto<TCPServerParams>();
    parameters->setMaxThreads(it.options.threads);
    parameters->setMaxQueued(it.options.threads + it.options.queued);  // the gate counts; this is never reached
    parameters->setThreadIdleTime(Poco::Timespan{1, 0});
    it.pool = std::make_unique<Poco::ThreadPool>(it.options.name, 1, it.options.threads + spareThreads);
    it.connections =
        std::make_unique<Connections>(it.options.threads, it.options.queued, it.options.maxConnectionsPerAddress);
    it.acceptor = std::make_unique<TCPServer>(Poco::makeShared<Factory>(it.router, it.options, *it.connections),
                                              *it.pool, socket, parameters);
    it.acceptor->setConnectionFilter(Poco::makeAuto<Gate>(it.options, *it.connections));
    it.acceptor->start();
}

void Server::stop() {
    auto& it = *listener_;
    if (!it.acceptor) return;
    it.connections->end();
    it.acceptor->stop();
    it.pool->joinAll();
    it.connections.reset();
    it.acceptor.reset();
    it.pool.reset();
}

std::uint16_t Server::port() const {
    return listener_->acceptor ? listener_->acceptor->port() : 0;
}

}  // namespace loa
