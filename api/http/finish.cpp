// What all answers have in common, and what HTTP makes of them by the request's conditions. Pure.
#include "api/http/finish.h"

#include <array>
#include <cstdio>

#include "api/http/entity_tag.h"
#include "api/http/range.h"

namespace loa {

namespace {

Response notModified(Response response) {
    for (const auto* name : {"Content-Type", "Content-Language", "Content-Disposition"}) response.remove(name);
    return response.withStatus(304).withBody(std::string{});
}

Response ranged(const Request& request, Response response) {
    const auto file = std::get<FileBody>(response.body());
    response.set("Accept-Ranges", "bytes");
    const auto range = request.header("Range");
    const auto condition = request.header("If-Range");
    // Range has a meaning for GET only; a tag that differs means that the parts would not fit together.
    if (!range || request.method() != Method::get || (condition && condition != response.header("ETag")))
        return response;
    const auto wish = readRange(*range, file.length);
    const auto size = std::to_string(file.length);
    if (wish.kind == RangeWish::Kind::unsatisfiable) {
        const Error error{Fault::invalid, "range",
                          Words{"Phần được yêu cầu nằm ngoài tệp, tệp có " + size + " byte.",
                                "The range asked for is outside the file of " + size + " bytes."}};
        return Response::problem(416, error, request.language()).set("Content-Range", "bytes */" + size);
    }
    if (wish.kind == RangeWish::Kind::whole) return response;
    const auto first = std::to_string(wish.offset);
    const auto last = std::to_string(wish.offset + wish.length - 1);
    return response.withStatus(206)
        .set("Content-Range", "bytes " + first + "-" + last + "/" + size)
        .withBody(FileBody{file.path, file.offset + wish.offset, wish.length});
}

std::string httpDate(Instant at) {
    static constexpr std::array weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto days = std::chrono::floor<std::chrono::days>(at);
    const Day day{days};
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(at - days)};
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
                  weekdays.at(std::chrono::weekday{days}.c_encoding()), static_cast<unsigned>(day.day()),
                  months.at(static_cast<unsigned>(day.month()) - 1), static_cast<int>(day.year()),
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return text.data();
}

bool statusHasBody(int status) {
    return status != 204 && status != 304;
}

}  // namespace

Response finish(const Request* request, Response response) {
    const bool reads = request && (request->method() == Method::get || request->method() == Method::head);
    if (reads && response.status() == 200) {
        const auto tag = response.header("ETag");
        if (tag && namesEntityTag(request->header("If-None-Match").value_or(""), *tag))
            response = notModified(std::move(response));
        else if (std::holds_alternative<FileBody>(response.body()))
            response = ranged(*request, std::move(response));
    }
    response.set("X-Content-Type-Options", "nosniff").set("Referrer-Policy", "no-referrer");
    // An answer that is opened as a page (an error, JSON) runs nothing and is framed by nobody. Sound may be played,
    // and a 304 would give its policy to the page that the caller holds.
    const bool mayBePage = response.status() != 304 && !std::holds_alternative<FileBody>(response.body());
    if (mayBePage && !response.header("Content-Security-Policy"))
        response.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    if (request && request->isOverTls()) response.set("Strict-Transport-Security", "max-age=31536000");
    response.set("Cross-Origin-Resource-Policy", "same-origin");
    if (!response.header("Cache-Control")) response.set("Cache-Control", "no-store");
    return response;
}

bool sendsBody(const Request* request, const Response& response) {
    return statusHasBody(response.status()) && !(request && request->method() == Method::head);
}

std::string headText(const Response& response, Instant now, bool closes, bool knowsChunks) {
    std::string text = "HTTP/1.1 " + std::to_string(response.status()) + " ";
    text.append(reasonPhrase(response.status())) += "\r\nDate: " + httpDate(now) + "\r\n";
    for (const auto& [name, value] : response.fields()) text += name + ": " + value + "\r\n";
    if (std::holds_alternative<StreamBody>(response.body()))
        text += knowsChunks ? "Transfer-Encoding: chunked\r\n" : "";
    else if (statusHasBody(response.status()) && !std::holds_alternative<EventBody>(response.body()))
        text += "Content-Length: " + std::to_string(response.bodyLength()) + "\r\n";
    if (closes) text += "Connection: close\r\n";
    return text + "\r\n";
}

}  // namespace loa
