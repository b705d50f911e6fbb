#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/fields.h"
#include "api/http/language.h"
#include "api/http/principal.h"

namespace loa {

enum class Method { get, head, post, put, patch, delete_, options };

std::string_view toText(Method method);                       ///< "GET"
std::optional<Method> methodFromText(std::string_view text);  ///< case counts (RFC 9110 9.1)

/// One request, whole and checked, as a handler sees it. Made by the server; made by tests without a socket:
/// `Request{Method::put, "/v1/stations/an-phong"}.withPathValue("station", "an-phong").withBody("{}")`.
class Request {
public:
    /// `target` is path and query as sent ("/v1/occurrences?from=2027-03-01T00:00:00Z"). Throws Error malformed on
    /// broken percent-encoding, control characters or bytes that are no UTF-8 once decoded, and on a query name given
    /// twice. In the query "+" is a space, as browsers write it.
    Request(Method method, std::string_view target);

    Method method() const { return method_; }
    const std::string& path() const { return path_; }  ///< as sent, still percent-encoded, without the query
    /// The parts of the path between "/", each decoded: an id may hold an encoded "/".
    const std::vector<std::string>& segments() const { return segments_; }

    /// What stands in the path where the route's pattern says "{name}". Never throws for a declared name.
    const std::string& pathValue(std::string_view name) const;
    std::optional<std::string> query(std::string_view name) const;
    std::optional<std::string_view> header(std::string_view name) const { return fields_.find(name); }
    std::optional<std::string> cookie(std::string_view name) const;
    const std::string& body() const { return body_; }
    const Principal& principal() const { return principal_; }
    const std::string& peer() const { return peer_; }  ///< the address it came from
    bool isOverTls() const { return isOverTls_; }  ///< to this server: what a proxy has with its callers is not known
    Language language() const;

    /// True when If-None-Match names this entity tag (given without quotes): the caller holds it already, answer
    /// Response::notModified. The server does the same for every 200 with an ETag; asking first saves the work.
    bool holds(std::string_view etag) const;

    Request& withHeader(std::string name, std::string value);
    Request& withFields(Fields fields);
    Request& withBody(std::string body);
    Request& withPrincipal(Principal principal);
    Request& withPeer(std::string address);
    Request& overTls(bool is);
    Request& withPathValue(std::string name, std::string value);

private:
    Method method_;
    std::string path_;
    std::vector<std::string> segments_;
    std::map<std::string, std::string, std::less<>> query_;
    std::map<std::string, std::string, std::less<>> pathValues_;
    Fields fields_;
    std::string body_;
    Principal principal_;
    std::string peer_;
    bool isOverTls_ = false;
};

}  // namespace loa
