#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "api/http/fields.h"
#include "api/http/language.h"
#include "api/http/stream_event.h"
#include "scheduler/domain/error.h"
#include "scheduler/domain/time.h"

namespace loa {

/// `length` bytes of a file from `offset`. Read while it is sent, so the file may be larger than memory.
struct FileBody {
    std::string path;
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
    bool operator==(const FileBody&) const = default;
};

/// A text that is made while it is sent, so that it may be larger than memory: `produce` is called once, on the
/// connection's thread, and hands over one piece after the other. When it throws, the connection breaks off, which is
/// how the caller knows.
struct StreamBody {
    using Take = std::function<void(std::string_view piece)>;
    std::function<void(const Take& take)> produce;
    /// To make and send it, altogether. What lives as long as its reader names its own; the least pace holds for it
    /// too, for each piece, but not the time between two.
    Milliseconds longest = std::chrono::minutes{30};
};

/// One answer. The server adds what every answer has (Date, Content-Length, security fields, "Cache-Control: no-store"
/// unless set), and makes 304 of a 200 whose ETag the caller holds, and 206 or 416 of a file with a Range.
class Response {
public:
    using Body = std::variant<std::string, FileBody, StreamBody, EventBody>;

    static Response json(int status, std::string text);
    static Response text(int status, std::string text, std::string contentType = "text/plain; charset=utf-8");
    static Response stream(int status, StreamBody body, std::string contentType);
    static Response events(EventBody body);                // 200, text/event-stream
    static Response noContent();                           ///< 204
    static Response notModified(const std::string& etag);  ///< 304; the tag without quotes
    /// The whole file; `etag` without quotes. Throws Error notFound when there is no such file.
    static Response file(const std::string& path, std::string contentType, const std::string& etag);
    /// RFC 9457, with the sentence in both languages and `detail` in the caller's.
    static Response problem(const Error& error, Language language);
    static Response problem(int status, const Error& error, Language language);  ///< where no Fault has the status

    int status() const { return status_; }
    const Fields& fields() const { return fields_; }
    const Body& body() const { return body_; }
    std::optional<std::string_view> header(std::string_view name) const { return fields_.find(name); }
    const std::string& text() const;   ///< the body; empty when it is a file or a stream
    std::uint64_t bodyLength() const;  ///< in bytes; 0 when it is a stream, of events too

    /// Throws std::invalid_argument for a value with control characters: no answer is ever split in two.
    Response& set(std::string name, std::string value);
    /// Likewise, one more field of that name.
    Response& add(std::string name, std::string value);
    Response& remove(std::string_view name);
    Response& withEtag(const std::string& etag);  ///< strong; the tag without quotes
    Response& withStatus(int status);
    Response& withBody(Body body);

    /// Told once the whole body is sent, with the part of the file it was: `length` bytes from `offset`. On the
    /// connection's thread; must not throw.
    using Sent = std::function<void(std::uint64_t offset, std::uint64_t length)>;
    Response& whenSent(Sent sent);
    const Sent& sent() const { return sent_; }  ///< may be empty

private:
    Response(int status, Body body) : status_{status}, body_{std::move(body)} {}
    int status_;
    Fields fields_;
    Body body_;
    Sent sent_;
};

int httpStatus(Fault fault);
std::string_view reasonPhrase(int status);  ///< RFC 9110 15; "Unknown" for what Loa never answers

}  // namespace loa
