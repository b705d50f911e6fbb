// HTTP from outside: single requests by Poco, many by wrk.
#include "tests/bench/http.h"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/StreamCopier.h>

#include <stdexcept>

#include "tests/support/run_shell.h"
#include "tests/support/wait_until.h"

namespace loa::bench {
namespace {

constexpr std::chrono::seconds patience{60};

std::string quoted(const std::string& text) {
    return "'" + text + "'";  // none of ours holds a quote of this kind
}

}  // namespace

int freePort() {
    const Poco::Net::ServerSocket probe{Poco::Net::SocketAddress{"127.0.0.1", 0}};
    return probe.address().port();
}

HttpClient::HttpClient(int port)
    : session_{std::make_unique<Poco::Net::HTTPClientSession>("127.0.0.1", static_cast<Poco::UInt16>(port))} {
    session_->setKeepAlive(true);
    session_->setKeepAliveTimeout(Poco::Timespan{0, 200'000});  // sooner than any server closes it
    session_->setTimeout(Poco::Timespan{static_cast<long>(patience.count()), 0});
}

HttpClient::~HttpClient() = default;

HttpAnswer HttpClient::ask(const std::string& method, const std::string& path, const HttpFields& fields,
                           const std::string& body) {
    Poco::Net::HTTPRequest request{method, path, Poco::Net::HTTPMessage::HTTP_1_1};
    for (const auto& [name, value] : fields) request.set(name, value);
    if (!body.empty()) request.setContentLength(static_cast<std::streamsize>(body.size()));
    session_->sendRequest(request) << body;
    Poco::Net::HTTPResponse response;
    HttpAnswer answer;
    Poco::StreamCopier::copyToString(session_->receiveResponse(response), answer.body);
    answer.status = response.getStatus();
    answer.etag = response.get("ETag", "");
    return answer;
}

void HttpClient::awaitAnswer(const std::string& path) {
    const auto answers = [&] {
        try {
            ask("GET", path);
            return true;
        } catch (const Poco::Exception&) {
            session_->reset();
            return false;
        }
    };
    if (!waitUntil(answers, patience))
        throw std::runtime_error{"no answer from port " + std::to_string(session_->getPort())};
}

double requestsPerSecond(const std::string& url, const HttpFields& fields) {
    std::string line = "wrk -t1 -c16 -d2s";
    for (const auto& [name, value] : fields) line += " -H " + quoted(name + ": " + value);
    const auto run = runShell(line + ' ' + quoted(url));
    const std::string label = "Requests/sec:";
    const auto at = run.output.find(label);
    const bool failed =
        run.output.find("Non-2xx or 3xx") != std::string::npos || run.output.find("Socket errors") != std::string::npos;
    if (run.status != 0 || at == std::string::npos || failed) throw std::runtime_error{run.output};
    return std::stod(run.output.substr(at + label.size()));
}

}  // namespace loa::bench
