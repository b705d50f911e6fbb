#pragma once
#include <string>
#include <string_view>

namespace loa {

/// `text` as a JSON string with its quotes (RFC 8259 7). Where it is not UTF-8, every byte outside ASCII becomes "?":
/// what a caller sent may be quoted in a refusal, and the refusal has to stay readable. For all else JSON is
/// api/wire's.
std::string jsonText(std::string_view text);

}  // namespace loa
