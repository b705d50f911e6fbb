#pragma once
#include <cstdint>
#include <string>

#include "api/http/fields.h"
#include "api/http/inbound.h"

namespace loa {

/// Request line and header fields, as sent.
struct Head {
    std::string method;
    std::string target;    ///< origin form: "/path?query"
    int minorVersion = 1;  ///< HTTP/1.x, 0 or 1
    Fields fields;         ///< each name once: lists that came in several fields are joined (RFC 9110 5.3)
};

constexpr std::size_t headLimit = 16 * 1024;  ///< bytes of all lines together
constexpr int fieldLimit = 100;

/// Reads the head of a request (RFC 9112 2 to 5), strictly: what two readers could understand in two ways is refused,
/// since a proxy in front may be the other reader. Throws WireError.
Head readHead(Inbound& inbound);

/// How long the body is, and how that is said (RFC 9112 6).
struct Framing {
    bool chunked = false;
    std::uint64_t length = 0;
    bool hasBody() const { return chunked || length > 0; }
};

/// Throws WireError 400 when it is ambiguous or no number, 501 for another transfer coding than chunked.
Framing framingOf(const Head& head);

bool wantsToStay(const Head& head);  ///< the connection may carry another request (RFC 9112 9.3); never with HTTP/1.0
bool expectsContinue(const Head& head);  ///< throws WireError 417 for any other expectation

}  // namespace loa
