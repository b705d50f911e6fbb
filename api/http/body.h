#pragma once
#include <string>

#include "api/http/head.h"
#include "api/http/inbound.h"

namespace loa {

/// Throws WireError 413 when the head declares more than `limit` bytes, or a chunked body where none is taken.
void checkDeclared(const Framing& framing, std::uint64_t limit);

/// Reads the whole body (RFC 9112 6.3, 7.1), no byte more. A chunked one is counted while it comes; chunk extensions
/// and trailers are read and dropped. Throws WireError 413 over `limit`, 400 when it breaks off or a chunk is
/// malformed.
std::string readBody(Inbound& inbound, const Framing& framing, std::uint64_t limit);

}  // namespace loa
