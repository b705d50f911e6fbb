// What a browser sends by itself, as strangers may make it: the cookies of a request, and the fields that say from
// whose page it comes. Second readers in here are written as browsers write and read these fields.
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/own_page.h"
#include "api/http/principal.h"
#include "scheduler/domain/error.h"
#include "tests/fuzz/claim.h"

using namespace loa;

namespace {

std::vector<std::string> split(std::string_view text, char by) {
    std::vector<std::string> parts{""};
    for (const char c : text)
        if (c == by)
            parts.emplace_back();
        else
            parts.back() += c;
    return parts;
}

std::string lower(std::string text) {
    for (auto& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

/// The value of the first cookie of that very name.
std::optional<std::string> firstCookie(std::string_view field, std::string_view name) {
    const auto wanted = std::string{name} + '=';
    for (const auto& part : split(field, ';')) {
        const auto begin = std::min(part.find_first_not_of(" \t"), part.size());
        if (part.compare(begin, wanted.size(), wanted) == 0) return part.substr(begin + wanted.size());
    }
    return std::nullopt;
}

void tryCookies(const std::string& field) {
    const auto value = cookieOf(field, sessionCookie);
    claim(value == firstCookie(field, sessionCookie), "another reader finds the same cookie");
    if (!value) return;
    claim(value->find(';') == std::string::npos, "a value ends where the next cookie begins");
    const auto alone = std::string{sessionCookie} + '=' + *value;
    claim(cookieOf(alone, sessionCookie) == value, "a cookie alone has the same value");
    claim(cookieOf("x" + alone, sessionCookie) == std::nullopt, "no other cookie's name ends in it");
    claim(cookieOf("theme=dark; " + alone + "; a=b", sessionCookie) == value, "what stands beside it changes nothing");
}

/// The type of a body as a browser understands it (MIME Sniffing 4.4), as far as forms have it.
bool isSentByForms(const std::string& type) {
    auto essence = lower(type.substr(0, type.find(';')));
    constexpr const char* blanks = " \t\r\n";
    essence.erase(0, std::min(essence.find_first_not_of(blanks), essence.size()));
    essence.erase(essence.find_last_not_of(blanks) + 1);
    return essence == "text/plain" || essence == "multipart/form-data" ||
           essence == "application/x-www-form-urlencoded";
}

/// The code of the refusal; empty: none.
std::string refusal(const Request& request, bool byCookie) {
    try {
        requireOwnPage(request, byCookie);
        return "";
    } catch (const Error& error) {
        claim(!error.words().vi.empty() && !error.words().en.empty(), "a refusal has words in both languages");
        return error.code();
    }
}

void tryPage(Method method, const std::string& host, const std::string& origin, const std::string& type,
             bool isOverTls) {
    Request request{method, "/v1/stations/tan-hue"};
    request.overTls(isOverTls).withHeader("Host", host).withHeader("Content-Length", "2");
    if (!origin.empty()) request.withHeader("Origin", origin);
    if (!type.empty()) request.withHeader("Content-Type", type);
    const auto byCookie = refusal(request, true);
    const auto byToken = refusal(request, false);
    if (method == Method::get || method == Method::head || method == Method::options) {
        claim(byCookie.empty() && byToken.empty(), "what only reads may come from anywhere");
        return;
    }
    claim(byCookie != "" || byToken == "", "whom a cookie lets pass, a token does");
    if (!origin.empty() && byToken.empty()) {
        const auto scheme = origin.substr(0, origin.find("://"));
        claim(lower(origin) == lower(scheme) + "://" + lower(host), "an origin is taken for its host and port alone");
        claim(!isOverTls || lower(scheme) == "https", "over TLS no page of plain HTTP asks");
    }
    if (!byCookie.empty()) return;
    claim(!origin.empty(), "by cookie nothing is done for nobody's page");
    claim(!type.empty() && !isSentByForms(type), "by cookie nothing is done that any page may send");
}

}  // namespace

/// A line each: method and whether over TLS, cookies, host, origin, type of the body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto lines = split({reinterpret_cast<const char*>(data), size}, '\n');
    lines.resize(5);
    tryCookies(lines[1]);
    constexpr std::array methods{Method::get,   Method::head,    Method::post,   Method::put,
                                 Method::patch, Method::delete_, Method::options};
    const auto choice = lines[0].empty() ? 0U : static_cast<unsigned char>(lines[0].front());
    tryPage(methods.at(choice % methods.size()), lines[2], lines[3], lines[4], lines[0].size() > 1);
    return 0;
}
