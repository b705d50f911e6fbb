#include "api/http/own_page.h"

#include <algorithm>
#include <array>

#include "scheduler/domain/error.h"

namespace loa {
namespace {

/// What a form can send (Fetch, "CORS-safelisted request-header").
constexpr std::array<std::string_view, 3> formTypes{"application/x-www-form-urlencoded", "multipart/form-data",
                                                    "text/plain"};

/// What browsers take away around a type (MIME Sniffing 4.4).
constexpr std::string_view blanks = " \t\r\n";

bool changesNothing(Method method) {
    return method == Method::get || method == Method::head || method == Method::options;
}

/// The host and port of an origin are those the request was sent to, and where that went over TLS, the page came over
/// TLS: another one is whoever's who sits between. Behind a proxy the scheme is the proxy's, and not known here.
bool isOwn(std::string_view origin, const Request& request) {
    const auto scheme = origin.find("://");
    const auto host = request.header("Host").value_or("");
    if (request.isOverTls() && !equalWithoutCase(origin.substr(0, scheme), "https")) return false;
    return scheme != std::string_view::npos && !host.empty() && equalWithoutCase(origin.substr(scheme + 3), host);
}

bool isForm(const Request& request) {
    const auto type = request.header("Content-Type");
    if (!type) return request.header("Content-Length").value_or("0") != "0" || request.header("Transfer-Encoding");
    auto bare = *type;
    bare.remove_prefix(std::min(bare.find_first_not_of(blanks), bare.size()));
    bare = bare.substr(0, std::min(bare.find(';'), bare.find_first_of(blanks)));
    return std::ranges::any_of(formTypes, [&](auto form) { return equalWithoutCase(bare, form); });
}

Error foreignOrigin() {
    return {Fault::forbidden,
            "foreign-origin",
            {"Yêu cầu này không đến từ trang của văn phòng. Mở trang của văn phòng rồi làm lại.",
             "this does not come from the office's own page; open that page and try again"}};
}

}  // namespace

std::optional<std::string> cookieOf(std::string_view field, std::string_view name) {
    while (!field.empty()) {
        const auto end = std::min(field.find(';'), field.size());
        auto pair = field.substr(0, end);
        pair.remove_prefix(std::min(pair.find_first_not_of(" \t"), pair.size()));
        if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
            return std::string{pair.substr(name.size() + 1)};
        field.remove_prefix(std::min(end + 1, field.size()));
    }
    return std::nullopt;
}

void requireOwnPage(const Request& request, bool byCookie) {
    if (changesNothing(request.method())) return;
    const auto origin = request.header("Origin");
    if (origin ? !isOwn(*origin, request) : byCookie) throw foreignOrigin();
    if (byCookie && isForm(request))
        throw Error{Fault::unsupported,
                    "form-content-type",
                    {"Nội dung gửi lên không đúng loại. Ghi Content-Type của nội dung.",
                     "name the Content-Type of the body; what forms send is refused"}};
}

}  // namespace loa
