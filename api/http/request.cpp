// One request as a handler sees it. A plain value: no socket, no thread, no clock.
#include "api/http/request.h"

#include <array>
#include <stdexcept>

#include "api/http/entity_tag.h"
#include "api/http/own_page.h"
#include "api/http/target.h"

namespace loa {

namespace {

constexpr std::array<std::pair<Method, std::string_view>, 7> methods{{{Method::get, "GET"},
                                                                      {Method::head, "HEAD"},
                                                                      {Method::post, "POST"},
                                                                      {Method::put, "PUT"},
                                                                      {Method::patch, "PATCH"},
                                                                      {Method::delete_, "DELETE"},
                                                                      {Method::options, "OPTIONS"}}};

}  // namespace

std::string_view toText(Method method) {
    for (const auto& [known, text] : methods)
        if (known == method) return text;
    return "";
}

std::optional<Method> methodFromText(std::string_view text) {
    for (const auto& [known, name] : methods)
        if (name == text) return known;
    return std::nullopt;
}

Request::Request(Method method, std::string_view target)
    : method_{method}, path_{target.substr(0, target.find('?'))}, segments_{readPath(path_)} {
    if (path_.size() < target.size()) query_ = readQuery(target.substr(path_.size() + 1));
}

const std::string& Request::pathValue(std::string_view name) const {
    const auto found = pathValues_.find(name);
    if (found == pathValues_.end()) throw std::logic_error{"the route's pattern has no {" + std::string{name} + "}"};
    return found->second;
}

std::optional<std::string> Request::query(std::string_view name) const {
    const auto found = query_.find(name);
    return found == query_.end() ? std::nullopt : std::optional{found->second};
}

Language Request::language() const {
    return preferredLanguage(header("Accept-Language").value_or(""));
}

std::optional<std::string> Request::cookie(std::string_view name) const {
    return cookieOf(header("Cookie").value_or(""), name);
}

bool Request::holds(std::string_view etag) const {
    return namesEntityTag(header("If-None-Match").value_or(""), quotedEntityTag(etag));
}

Request& Request::withHeader(std::string name, std::string value) {
    fields_.set(std::move(name), std::move(value));
    return *this;
}

Request& Request::withFields(Fields fields) {
    fields_ = std::move(fields);
    return *this;
}

Request& Request::withBody(std::string body) {
    body_ = std::move(body);
    return *this;
}

Request& Request::withPrincipal(Principal principal) {
    principal_ = std::move(principal);
    return *this;
}

Request& Request::withPeer(std::string address) {
    peer_ = std::move(address);
    return *this;
}

Request& Request::overTls(bool is) {
    isOverTls_ = is;
    return *this;
}

Request& Request::withPathValue(std::string name, std::string value) {
    pathValues_.insert_or_assign(std::move(name), std::move(value));
    return *this;
}

}  // namespace loa
