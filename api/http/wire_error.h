#pragma once
#include <cstdint>

#include "scheduler/domain/error.h"

namespace loa {

/// A request that cannot be read as HTTP, or breaks a limit of the connection. Never thrown by handlers. After it the
/// connection is closed: where the next request would begin is no longer certain.
class WireError : public Error {
public:
    WireError(int status, const char* code, Words words)
        : Error{Fault::malformed, code, std::move(words)}, status_{status} {}
    int status() const noexcept { return status_; }

private:
    int status_;
};

WireError badRequest(const char* code, const char* vi, const char* en);  ///< 400
WireError incomplete();                                                  ///< 400: the connection ended inside a request
WireError tooLate();                                                     ///< 408
WireError stopping();                         ///< 503: the server ends before the request was whole
WireError bodyTooLarge(std::uint64_t limit);  ///< 413

}  // namespace loa
