#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "api/http/request.h"

namespace loa {

/// The value of a cookie in a Cookie field (RFC 6265 4.2); empty when it is not there.
std::optional<std::string> cookieOf(std::string_view field, std::string_view name);

/// A browser sends its cookies along whoever made it ask. Throws Error for a request that may change something and does
/// not come from the office's own page: forbidden "foreign-origin" when its Origin is another host's, or is not
/// https where the request is, or is missing where a cookie says who asks; unsupported "form-content-type" when its
/// body is of a kind that any page may send without asking first. What only reads may come from anywhere: its answer
/// goes nowhere else.
void requireOwnPage(const Request& request, bool byCookie);

}  // namespace loa
