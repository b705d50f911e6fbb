#pragma once
#include <map>
#include <memory>
#include <string>

namespace Poco::Net {
class HTTPClientSession;
}

namespace loa::bench {

/// A port of 127.0.0.1 that nobody listens on now.
int freePort();

struct HttpAnswer {
    int status = 0;
    std::string etag;  ///< with its quotes
    std::string body;
};

using HttpFields = std::map<std::string, std::string>;

/// A client of a server on 127.0.0.1 that keeps its connection where the server does. Throws Poco's exceptions.
class HttpClient {
public:
    explicit HttpClient(int port);
    ~HttpClient();
    HttpAnswer ask(const std::string& method, const std::string& path, const HttpFields& fields = {},
                   const std::string& body = "");
    /// Waits until it answers anything; throws std::runtime_error when it does not.
    void awaitAnswer(const std::string& path);

private:
    std::unique_ptr<Poco::Net::HTTPClientSession> session_;
};

/// Requests a second that `wrk` gets out of a URL, with 16 connections that stay. Throws std::runtime_error with what
/// it said when one of them failed or was refused.
double requestsPerSecond(const std::string& url, const HttpFields& fields);

}  // namespace loa::bench
