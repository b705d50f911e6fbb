#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "scheduler/domain/time.h"

namespace loa {

/// What the log says of one request. No secret, no query, no body. "-" is what could not be read.
struct AccessLine {
    std::string listener;
    std::string peer;
    std::string who = "-";  ///< kind and name of the principal
    std::string method = "-";
    std::string path = "-";  ///< without the query
    int status = 0;
    std::uint64_t received = 0;  ///< bytes of body
    std::uint64_t sent = 0;      ///< bytes of body
    Milliseconds took{0};
};

/// normalPath() with "..." in place of every secret of Loa in it ("loa_feed_9f..."), by what they all begin with: a
/// secret in a path stays out of the log, whatever route the path has or should have had and however it is encoded.
std::string withoutSecrets(std::string_view path);

/// One line of key=value, at most 1,024 bytes.
std::string formatAccessLine(const AccessLine& line);

/// `text` in quotes, with control characters, quotes, backslashes and bytes outside ASCII as \xHH, cut so that the
/// whole has at most `limit` bytes: nothing a caller sends forges a line or a field of the log.
std::string logText(std::string_view text, std::size_t limit);

}  // namespace loa
