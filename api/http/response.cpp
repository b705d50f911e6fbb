// Answers as values, and the only place where an Error becomes HTTP. No socket, no thread.
#include "api/http/response.h"

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "api/http/entity_tag.h"
#include "api/http/json_text.h"

namespace loa {

Response Response::json(int status, std::string text) {
    return Response::text(status, std::move(text), "application/json");
}

Response Response::text(int status, std::string text, std::string contentType) {
    Response response{status, std::move(text)};
    return response.set("Content-Type", std::move(contentType));
}

Response Response::stream(int status, StreamBody body, std::string contentType) {
    Response response{status, std::move(body)};
    return response.set("Content-Type", std::move(contentType));
}

Response Response::events(EventBody body) {
    Response response{200, std::move(body)};
    response.set("Content-Type", "text/event-stream");
    return response.set("X-Accel-Buffering", "no");  // a proxy would keep an order until there are many
}

Response Response::noContent() {
    return Response{204, std::string{}};
}

Response Response::notModified(const std::string& etag) {
    Response response{304, std::string{}};
    return response.withEtag(etag);
}

Response Response::file(const std::string& path, std::string contentType, const std::string& etag) {
    std::error_code failed;
    const auto size = std::filesystem::file_size(path, failed);
    if (failed)
        throw Error{Fault::notFound, "no-such-file",
                    Words{"Không còn tệp này trên máy chủ.", "The server no longer has this file."}};
    Response response{200, FileBody{path, 0, size}};
    return response.set("Content-Type", std::move(contentType)).withEtag(etag);
}

Response Response::problem(const Error& error, Language language) {
    return problem(httpStatus(error.fault()), error, language);
}

Response Response::problem(int status, const Error& error, Language language) {
    const auto& words = error.words();
    std::string text = "{\"type\":" + jsonText("urn:loa:problem:" + error.code());
    text += ",\"title\":" + jsonText(reasonPhrase(status));
    text += ",\"status\":" + std::to_string(status);
    text += ",\"detail\":" + jsonText(language == Language::vi ? words.vi : words.en);
    text += ",\"vi\":" + jsonText(words.vi) + ",\"en\":" + jsonText(words.en);
    if (error.line() > 0) text += ",\"line\":" + std::to_string(error.line());
    Response response = Response::text(status, text + "}", "application/problem+json");
    response.set("Content-Language", language == Language::vi ? "vi" : "en");
    return response.set("Vary", "Accept-Language");
}

const std::string& Response::text() const {
    static const std::string none;
    const auto* text = std::get_if<std::string>(&body_);
    return text ? *text : none;
}

std::uint64_t Response::bodyLength() const {
    const auto* file = std::get_if<FileBody>(&body_);
    return file ? file->length : text().size();
}

Response& Response::set(std::string name, std::string value) {
    fields_.remove(name);
    return add(std::move(name), std::move(value));
}

Response& Response::add(std::string name, std::string value) {
    const bool control = std::any_of(value.begin(), value.end(), [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
    });
    if (control) throw std::invalid_argument{"control characters in the value of " + name};
    fields_.add(std::move(name), std::move(value));
    return *this;
}

Response& Response::remove(std::string_view name) {
    fields_.remove(name);
    return *this;
}

Response& Response::withEtag(const std::string& etag) {
    return set("ETag", quotedEntityTag(etag));
}

Response& Response::withStatus(int status) {
    status_ = status;
    return *this;
}

Response& Response::whenSent(Sent sent) {
    sent_ = std::move(sent);
    return *this;
}

Response& Response::withBody(Body body) {
    body_ = std::move(body);
    return *this;
}

int httpStatus(Fault fault) {
    switch (fault) {
        case Fault::invalid:
            return 422;
        case Fault::malformed:
            return 400;
        case Fault::unauthenticated:
            return 401;
        case Fault::forbidden:
            return 403;
        case Fault::notFound:
            return 404;
        case Fault::conflict:
            return 409;
        case Fault::changed:
            return 412;
        case Fault::tooLarge:
            return 413;
        case Fault::unsupported:
            return 415;
        case Fault::unavailable:
            return 503;
        case Fault::noRoom:
            return 507;
    }
    return 500;
}

std::string_view reasonPhrase(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 206:
            return "Partial Content";
        case 304:
            return "Not Modified";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 412:
            return "Precondition Failed";
        case 413:
            return "Content Too Large";
        case 414:
            return "URI Too Long";
        case 415:
            return "Unsupported Media Type";
        case 416:
            return "Range Not Satisfiable";
        case 417:
            return "Expectation Failed";
        case 422:
            return "Unprocessable Content";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 507:
            return "Insufficient Storage";
        case 503:
            return "Service Unavailable";
        case 505:
            return "HTTP Version Not Supported";
        default:
            return "Unknown";
    }
}

}  // namespace loa
