#pragma once
#include <Poco/Net/TCPServerConnection.h>

#include <chrono>
#include <optional>
#include <string>

#include "api/http/connections.h"
#include "api/http/inbound.h"
#include "api/http/router.h"
#include "api/http/sending_time.h"
#include "api/http/server.h"

namespace loa {

struct Head;

/// One connection: requests one after the other, each read whole before its handler runs.
class ServedConnection final : public Poco::Net::TCPServerConnection {
public:
    ServedConnection(const Poco::Net::StreamSocket& socket, const Router& router, const ListenerOptions& options,
                     Connections& connections);
    void run() override;  ///< until the connection ends, which it has when this returns; throws nothing

private:
    using Phase = Connections::Phase;

    /// One request and what is known of it so far.
    struct Exchange {
        std::optional<Request> request;  ///< empty when it could not be read
        bool unread = true;              ///< there may be more of it on the way
        bool stays = false;              ///< the connection may carry another
        bool knowsChunks = true;         ///< HTTP/1.1
        std::chrono::steady_clock::time_point begun = std::chrono::steady_clock::now();
    };

    bool serveOne();  ///< false when the connection is to be closed
    Response respond(Exchange& exchange);
    Response handle(Exchange& exchange);
    void readBodyOf(Exchange& exchange, const Head& head, const Router::Admission& admission);
    void send(const Exchange& exchange, Response response, bool closes);
    void sendFile(const FileBody& file, int descriptor, SendingTime& time);
    void sendStream(const StreamBody& stream, bool inChunks, SendingTime& time);
    void sendEvents(const EventBody& events, const std::string& head, SendingTime& time);
    void sendPaced(std::string_view bytes, SendingTime& time);
    void sendAll(std::string_view bytes);
    void drain();
    Milliseconds timeFor(std::uint64_t bytes) const;
    void enter(Phase phase, Milliseconds deadline) { connections_.enter(socket(), phase, deadline); }
    void log(const Exchange& exchange, const Response& response);
    std::size_t receive(char* into, std::size_t size);

    const Router& router_;
    const ListenerOptions& options_;
    Connections& connections_;
    Inbound inbound_;
    bool isHandedOver_ = false;  ///< the hub of events has the socket
};

}  // namespace loa
