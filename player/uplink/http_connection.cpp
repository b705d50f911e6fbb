// One HTTP or HTTPS connection by Poco, kept between requests. A kept connection may have been closed by the office in
// the meantime: a request that got no byte of an answer on it is sent once more on a new one, which is harmless, since
// every request of a station may be repeated. Runs on one lane's thread; interrupt() alone comes from elsewhere.
#include "player/uplink/http_connection.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/NetSSL.h>
#include <Poco/Net/SocketImpl.h>
#include <Poco/URI.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <sys/socket.h>

#include <array>
#include <charconv>

#include "scheduler/domain/error.h"

namespace loa {
namespace {

constexpr int connectSeconds = 5;
constexpr int keepSeconds = 30;
constexpr auto wholeAnswerLimit = std::chrono::minutes{10};  ///< a body that only drips

/// `context` stays null for plain HTTP.
std::unique_ptr<Poco::Net::HTTPClientSession> open(const HttpUplinkSettings& settings,
                                                   Poco::Net::Context::Ptr& context) {
    using namespace Poco::Net;
    try {
        const Poco::URI uri{settings.server};
        if (uri.getScheme() == "http") return std::make_unique<HTTPClientSession>(uri.getHost(), uri.getPort());
        initializeSSL();
        context =
            new Context{Context::TLS_CLIENT_USE, "", "", settings.officeCa.string(), Context::VERIFY_STRICT, 1, false};
        context->requireMinimumProtocol(Context::PROTO_TLSV1_3);
        return std::make_unique<HTTPSClientSession>(uri.getHost(), uri.getPort(), context);
    } catch (const Poco::Exception& fault) {
        throw Error(Fault::invalid, "uplink-settings",
                    {"Không dùng được địa chỉ máy chủ hoặc chứng thư officeCa: " + fault.displayText(),
                     "the server's address or the office CA cannot be used: " + fault.displayText()});
    }
}

}  // namespace

HttpConnection::HttpConnection(const HttpUplinkSettings& settings, const std::atomic<bool>& datesCount)
    : datesCount_{datesCount}, token_{settings.token}, session_{open(settings, context_)} {
    const Poco::Timespan wait{static_cast<Poco::Timespan::TimeDiff>(settings.timeout.count()) * 1000};
    session_->setTimeout(Poco::Timespan{connectSeconds, 0}, wait, wait);
    session_->setKeepAlive(true);
    session_->setKeepAliveTimeout(Poco::Timespan{keepSeconds, 0});
}

HttpConnection::~HttpConnection() = default;

void HttpConnection::note(int socket) {
    const std::lock_guard lock{mutex_};
    socket_ = socket;
    if (interrupted_) throw std::runtime_error{"the uplink is being closed"};
}

/// What the next handshake asks of the office's certificate. A connection that was made without dates ends once they
/// count. The chain to the pinned CA and the name are asked for in either case.
void HttpConnection::heedDates() {
    const bool count = datesCount_;
    if (!context_ || heeded_ == count) return;
    auto* rules = SSL_CTX_get0_param(context_->sslContext());
    if (count) {
        X509_VERIFY_PARAM_clear_flags(rules, X509_V_FLAG_NO_CHECK_TIME);
        session_->reset();
    } else {
        X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_NO_CHECK_TIME);
    }
    heeded_ = count;
}

void HttpConnection::interrupt() {
    const std::lock_guard lock{mutex_};
    interrupted_ = true;
    if (socket_ >= 0) shutdown(socket_, SHUT_RDWR);
}

void HttpConnection::attempt(const Request& request, const Head& head, const Reading& read) {
    note(-1);
    Poco::Net::HTTPRequest message{request.method, request.path, Poco::Net::HTTPMessage::HTTP_1_1};
    if (!token_.empty()) message.set("Authorization", "Bearer " + token_);
    for (const auto& [name, value] : request.headers) message.set(name, value);
    if (request.method == "POST") {
        message.setContentType("application/json");
        message.setContentLength64(static_cast<Poco::Int64>(request.body.size()));
    }
    auto& out = session_->sendRequest(message);
    note(session_->socket().impl()->sockfd());
    out << request.body << std::flush;

    Poco::Net::HTTPResponse answer;
    auto& in = session_->receiveResponse(answer);
    answered_ = true;
    head({answer.getStatus(), answer.get("ETag", ""), answer.get("Content-Range", ""), ""});
    if (answer.getStatus() != 204 && answer.getStatus() != 304) read(in, answer);
    note(-1);
}

void HttpConnection::twice(const Request& request, const Head& head, const Reading& read) {
    heedDates();
    const bool kept = session_->connected();
    answered_ = false;
    try {
        try {
            attempt(request, head, read);
        } catch (const Poco::Exception&) {
            if (!kept || answered_) throw;
            note(-1);
            session_->reset();
            attempt(request, head, read);
        }
    } catch (...) {
        forget();
        throw;
    }
}

void HttpConnection::forget() {
    {
        const std::lock_guard lock{mutex_};
        socket_ = -1;  // before the descriptor is closed and its number given to someone else
    }
    session_->reset();
}

void HttpConnection::stream(const Request& request, const Head& head, const Chunk& chunk) {
    twice(request, head, [&](std::istream& in, const Poco::Net::HTTPResponse& answer) {
        const auto begun = std::chrono::steady_clock::now();
        std::int64_t came = 0;
        std::array<char, 64 * 1024> buffer{};
        while (in.good()) {
            in.read(buffer.data(), buffer.size());
            came += in.gcount();
            chunk({buffer.data(), static_cast<std::size_t>(in.gcount())});
            if (std::chrono::steady_clock::now() - begun > wholeAnswerLimit)
                throw std::runtime_error{"the answer only drips"};
        }
        if (answer.hasContentLength() && came != answer.getContentLength64())
            throw std::runtime_error{"the answer broke off after " + std::to_string(came) + " bytes"};
    });
}

void HttpConnection::follow(const Request& request, const Head& head, const Chunk& chunk) {
    twice(request, head, [&](std::istream& in, const Poco::Net::HTTPResponse&) {
        std::array<char, 4096> buffer{};
        while (in.get(buffer[0])) {  // waits; what else has come with it is there now
            const auto more = in.readsome(buffer.data() + 1, buffer.size() - 1);
            chunk({buffer.data(), static_cast<std::size_t>(1 + more)});
        }
    });
    forget();  // whoever ended it, there is nothing to keep
}

HttpConnection::Response HttpConnection::exchange(const Request& request, std::size_t limit) {
    Response whole;
    std::string body;
    stream(
        request, [&](const Response& response) { whole = response; },
        [&](std::string_view bytes) {
            if (body.size() + bytes.size() > limit) throw std::runtime_error{"the answer is too long"};
            body += bytes;
        });
    whole.body = std::move(body);
    return whole;
}

}  // namespace loa
