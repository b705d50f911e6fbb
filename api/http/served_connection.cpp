// Serves one connection on a worker thread of its listener. Waiting has no timeout here: the reaper (connections.h)
// shuts down what is past its deadline, and the read or write that waits then ends. Never reuses a connection after a
// request that was not read to its last byte, and never lets an exception reach Poco.
#include "api/http/served_connection.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>
#include <vector>

#include "api/http/access_line.h"
#include "api/http/body.h"
#include "api/http/event_hub.h"
#include "api/http/finish.h"
#include "api/http/head.h"
#include "api/http/wire_error.h"
#include "scheduler/domain/clock.h"

namespace loa {

namespace {

constexpr std::size_t drainLimit = 16 * 1024 * 1024;
constexpr Milliseconds drainDeadline{2'000};
constexpr Milliseconds bodyBase{10'000};
constexpr Milliseconds never = std::chrono::hours{24};
constexpr std::size_t blockBytes = 64 * 1024;
// As the kernel would have it, it takes megabytes before it says that a caller is slow, and then nothing for minutes.
constexpr int sendBufferBytes = 128 * 1024;

class OpenFile {
public:
    explicit OpenFile(const Response::Body& body) {
        if (const auto* file = std::get_if<FileBody>(&body))
            descriptor_ = ::open(file->path.c_str(), O_RDONLY | O_CLOEXEC);
    }
    ~OpenFile() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    int descriptor() const { return descriptor_; }

private:
    int descriptor_ = -1;
};

/// A place among the listener's transfers, for what is not sent in one piece.
class Transfer {
public:
    Transfer(Connections& connections, const Request* request, const Response& response)
        : connections_{connections},
          isNeeded_{sendsBody(request, response) && !std::holds_alternative<std::string>(response.body()) &&
                    !std::holds_alternative<EventBody>(response.body())},
          isHeld_{isNeeded_ && connections.beginTransfer()} {}
    ~Transfer() {
        if (isHeld_) connections_.endTransfer();
    }
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;
    bool hasNoPlace() const { return isNeeded_ && !isHeld_; }

private:
    Connections& connections_;
    const bool isNeeded_;
    const bool isHeld_;
};

Response tooManyTransfers(Language language) {
    return Response::problem(Error{Fault::unavailable, "too-many-transfers",
                                   Words{"Máy chủ đang gửi nhiều tệp cùng lúc. Đợi vài giây rồi tải lại.",
                                         "The server is sending many files at once. Try again in a few seconds."}},
                             language)
        .set("Retry-After", "5");
}

Response fileGone(Language language) {
    return Response::problem(Error{Fault::notFound, "no-such-file",
                                   Words{"Không còn tệp này trên máy chủ.", "The server no longer has this file."}},
                             language);
}

std::string_view kindText(Principal::Kind kind) {
    switch (kind) {
        case Principal::Kind::nobody:
            return "nobody";
        case Principal::Kind::person:
            return "person";
        case Principal::Kind::station:
            return "station";
    }
    return "";
}

}  // namespace

ServedConnection::ServedConnection(const Poco::Net::StreamSocket& socket, const Router& router,
                                   const ListenerOptions& options, Connections& connections)
    : Poco::Net::TCPServerConnection{socket},
      router_{router},
      options_{options},
      connections_{connections},
      inbound_{[this](char* into, std::size_t size) { return receive(into, size); }} {}

void ServedConnection::run() {
    try {
        socket().setSendBufferSize(sendBufferBytes);
        // A flood of connections on which nothing comes must not take a thread's patience each.
        const bool abandoned = connections_.stale(socket()) && !socket().poll({}, Poco::Net::Socket::SELECT_READ);
        enter(Phase::fresh, options_.headerDeadline);
        while (!abandoned && serveOne()) enter(Phase::idle, options_.keepAlive);
        if (isHandedOver_) return;
        socket().shutdown();  // under TLS it says goodbye, which can block: still under the reaper's eye
    } catch (...) {
        // The peer is gone or was cut off. What was to be logged of its requests has been.
    }
    connections_.remove(socket());
    try {
        socket().close();
    } catch (...) {
        // Nothing left to close.
    }
}

bool ServedConnection::serveOne() {
    if (connections_.ending() || !inbound_.arrived()) return false;
    enter(Phase::opening, options_.headerDeadline);
    Exchange exchange;
    auto response = respond(exchange);
    // Idle connections hold threads: while others wait for one, each gets one answer.
    const bool closes = std::holds_alternative<EventBody>(response.body()) || !exchange.stays || exchange.unread ||
                        connections_.ending() || connections_.crowded();
    send(exchange, std::move(response), closes);
    if (exchange.unread && !isHandedOver_) drain();
    return !closes;
}

Response ServedConnection::respond(Exchange& exchange) {
    const auto language = [&] { return exchange.request ? exchange.request->language() : Language::vi; };
    try {
        return handle(exchange);
    } catch (const WireError& error) {
        const auto told = connections_.ending() ? stopping() : connections_.late(socket()) ? tooLate() : error;
        return Response::problem(told.status(), told, language());
    } catch (const Error& error) {
        return Response::problem(error, language());
    }
}

Response ServedConnection::handle(Exchange& exchange) {
    const Head head = readHead(inbound_);
    const auto framing = framingOf(head);
    const auto method = methodFromText(head.method);
    if (!method)
        throw WireError{501, "unknown-method",
                        Words{"Máy chủ không biết phương thức này.", "The server does not know that method."}};
    exchange.request.emplace(*method, head.target)
        .withFields(head.fields)
        .withPeer(connections_.peer(socket()))
        .overTls(options_.tls.has_value());
    const auto admission = router_.admit(*exchange.request);
    if (admission.browser) connections_.countBy(socket(), *admission.browser);
    exchange.stays = wantsToStay(head);
    exchange.knowsChunks = head.minorVersion > 0;
    exchange.unread = framing.hasBody();
    if (admission.refusal) return *admission.refusal;
    if (framing.hasBody()) readBodyOf(exchange, head, admission);
    enter(Phase::working, never);
    return router_.answer(admission, *exchange.request);
}

void ServedConnection::readBodyOf(Exchange& exchange, const Head& head, const Router::Admission& admission) {
    const auto framing = framingOf(head);
    checkDeclared(framing, admission.bodyLimit);
    const auto most = framing.chunked ? admission.bodyLimit : framing.length;
    const bool isNobodys = exchange.request->principal().kind == Principal::Kind::nobody && !admission.browser;
    enter(isNobodys ? Phase::opening : Phase::reading,
          admission.bodyDeadline > Milliseconds{0} ? admission.bodyDeadline : bodyBase + timeFor(most));
    if (expectsContinue(head) && !inbound_.buffered()) sendAll("HTTP/1.1 100 Continue\r\n\r\n");
    exchange.request->withBody(readBody(inbound_, framing, admission.bodyLimit));
    exchange.unread = false;
}

void ServedConnection::send(const Exchange& exchange, Response response, bool closes) {
    const auto* request = exchange.request ? &*exchange.request : nullptr;
    const auto language = request ? request->language() : Language::vi;
    response = finish(request, std::move(response));
    const Transfer transfer{connections_, request, response};
    if (transfer.hasNoPlace()) response = finish(request, tooManyTransfers(language));
    const OpenFile open{response.body()};
    if (std::holds_alternative<FileBody>(response.body()) && open.descriptor() < 0)
        response = finish(request, fileGone(language));
    const auto* stream = std::get_if<StreamBody>(&response.body());
    const auto end = stream ? std::chrono::steady_clock::now() + stream->longest : SendingTime::Time::max();
    SendingTime time{options_.answerDeadline, options_.slowestBytesPerSecond, end};
    log(exchange, response);
    auto text = headText(response, SystemClock{}.now(), closes, exchange.knowsChunks);
    const bool withBody = sendsBody(request, response);
    if (const auto* events = std::get_if<EventBody>(&response.body()); events && withBody)
        return sendEvents(*events, text, time);
    if (withBody) text += response.text();
    sendPaced(text, time);
    if (const auto* file = std::get_if<FileBody>(&response.body()); file && withBody) {
        sendFile(*file, open.descriptor(), time);
        if (response.sent()) response.sent()(file->offset, file->length);
    }
    if (stream && withBody) sendStream(*stream, exchange.knowsChunks, time);
}

void ServedConnection::sendFile(const FileBody& file, int descriptor, SendingTime& time) {
    std::vector<char> block(blockBytes);
    for (std::uint64_t sent = 0; sent < file.length;) {
        const auto wanted = std::min<std::uint64_t>(block.size(), file.length - sent);
        const auto got = ::pread(descriptor, block.data(), wanted, static_cast<off_t>(file.offset + sent));
        // Fewer bytes than were promised: only a broken connection tells the caller.
        if (got <= 0) throw incomplete();
        sendPaced({block.data(), static_cast<std::size_t>(got)}, time);
        sent += static_cast<std::uint64_t>(got);
    }
}

void ServedConnection::sendStream(const StreamBody& stream, bool inChunks, SendingTime& time) {
    stream.produce([&](std::string_view piece) {
        if (piece.empty()) return;  // a chunk of no bytes would be the end
        if (connections_.ending()) throw incomplete();
        if (inChunks) {
            std::array<char, 24> size{};
            std::snprintf(size.data(), size.size(), "%zx\r\n", piece.size());
            sendPaced(size.data(), time);
        }
        sendPaced(piece, time);
        if (inChunks) sendPaced("\r\n", time);
        enter(Phase::working, never);  // the time until the next piece is not the caller's
    });
    if (inChunks) sendPaced("0\r\n\r\n", time);
}

void ServedConnection::sendEvents(const EventBody& events, const std::string& head, SendingTime& time) {
    if (!options_.events) throw incomplete();
    auto& hub = *options_.events;
    const auto stream = hub.open(events.topic);
    try {
        auto earlier = events.earlier();
        sendPaced(head, time);
        connections_.remove(socket());  // it is nobody's request any more
        isHandedOver_ = true;
        hub.attach(stream, socket(), std::move(earlier));
    } catch (...) {
        hub.abandon(stream);
        throw;
    }
}

void ServedConnection::sendPaced(std::string_view bytes, SendingTime& time) {
    while (!bytes.empty()) {
        const auto block = bytes.substr(0, blockBytes);
        const auto begun = std::chrono::steady_clock::now();
        enter(Phase::writing, time.allowed(block.size(), begun));
        sendAll(block);
        time.spent(block.size(), std::chrono::ceil<Milliseconds>(std::chrono::steady_clock::now() - begun));
        bytes.remove_prefix(block.size());
    }
}

void ServedConnection::sendAll(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto part = static_cast<int>(std::min<std::size_t>(bytes.size(), 1 << 20));
        const int sent = socket().sendBytes(bytes.data(), part);
        if (sent <= 0) throw incomplete();
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

Milliseconds ServedConnection::timeFor(std::uint64_t bytes) const {
    return std::chrono::seconds{bytes / options_.slowestBytesPerSecond};
}

void ServedConnection::drain() {
    // Closing with bytes unread makes the kernel send a reset, which can overtake the answer: a caller that sends its
    // whole upload before it reads would never learn why it was refused. So bytes are thrown away for a moment first.
    enter(Phase::idle, drainDeadline);
    if (!socket().secure()) socket().shutdownSend();
    inbound_.discard(drainLimit);
}

void ServedConnection::log(const Exchange& exchange, const Response& response) {
    if (!options_.accessLog) return;
    AccessLine line;
    line.listener = options_.name;
    line.peer = connections_.peer(socket());
    if (const auto& request = exchange.request) {
        line.method = toText(request->method());
        line.path = request->path();
        line.who = std::string{kindText(request->principal().kind)} + ":" + request->principal().name;
        line.received = request->body().size();
    }
    line.status = response.status();
    line.sent = sendsBody(exchange.request ? &*exchange.request : nullptr, response) ? response.bodyLength() : 0;
    line.took = std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - exchange.begun);
    options_.accessLog(formatAccessLine(line));
}

std::size_t ServedConnection::receive(char* into, std::size_t size) {
    try {
        const int received = socket().receiveBytes(into, static_cast<int>(size));
        return received > 0 ? static_cast<std::size_t>(received) : 0;
    } catch (const std::exception&) {
        return 0;  // reset, cut off, or no TLS: for the reader all are the end
    }
}

}  // namespace loa
