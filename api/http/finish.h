#pragma once
#include <string>

#include "api/http/request.h"
#include "api/http/response.h"
#include "scheduler/domain/time.h"

namespace loa {

/// Makes 304 of a 200 whose ETag the caller holds, 206 or 416 of a file with a Range (If-Range: strong entity tag
/// only), and adds the fields every answer has. `request` is null where it could not be read.
Response finish(const Request* request, Response response);

/// Status line and fields as they go out, with Date and Content-Length, up to and with the empty line. A stream goes
/// out in chunks (RFC 9112 7.1), and to an HTTP/1.0 caller, who does not know them, until the connection closes.
std::string headText(const Response& response, Instant now, bool closes, bool knowsChunks = true);

/// 204 and 304 have none, nor has the answer to HEAD.
bool sendsBody(const Request* request, const Response& response);

}  // namespace loa
