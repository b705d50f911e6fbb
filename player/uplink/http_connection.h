#pragma once
#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "player/uplink/http_uplink.h"

namespace loa {

/// One kept connection to the office, used by one thread. Internal to this folder.
class HttpConnection {
public:
    /// `datesCount` as in Uplink::countDates; it outlives this object and may change at any time.
    HttpConnection(const HttpUplinkSettings& settings, const std::atomic<bool>& datesCount);
    ~HttpConnection();

    struct Request {
        std::string method;
        std::string path;
        std::string body = {};
        std::vector<std::pair<std::string, std::string>> headers = {};
    };
    struct Response {
        int status = 0;
        std::string etag;
        std::string contentRange;
        std::string body;
    };
    using Head = std::function<void(const Response&)>;
    using Chunk = std::function<void(std::string_view)>;

    /// Sends, and reads the whole answer, at most `limit` bytes of it. Throws std::exception when anything goes wrong.
    Response exchange(const Request& request, std::size_t limit);
    /// Sends; gives `head` the answer without its body, then `chunk` the body's bytes as they come. Throws as above,
    /// also when the body ends before its announced length.
    void stream(const Request& request, const Head& head, const Chunk& chunk);
    /// As `stream`, for an answer without an end: bytes are given as soon as they come.
    void follow(const Request& request, const Head& head, const Chunk& chunk);
    /// From another thread: breaks what is under way; everything after throws.
    void interrupt();

private:
    /// What takes the bytes of a body from where they come in.
    using Reading = std::function<void(std::istream&, const Poco::Net::HTTPResponse&)>;
    void attempt(const Request& request, const Head& head, const Reading& read);
    void twice(const Request& request, const Head& head, const Reading& read);
    void forget();
    void note(int socket);
    void heedDates();

    const std::atomic<bool>& datesCount_;
    std::string token_;
    Poco::Net::Context::Ptr context_;  ///< null without TLS
    std::unique_ptr<Poco::Net::HTTPClientSession> session_;
    std::optional<bool> heeded_;  ///< what connections are made by now
    bool answered_ = false;       ///< of the request under way, a part of the answer has come
    std::mutex mutex_;            ///< guards the two below
    int socket_ = -1;
    bool interrupted_ = false;
};

}  // namespace loa
