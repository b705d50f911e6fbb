// Reads a single byte range. Pure. Several parts in one answer are nothing our callers need.
#include "api/http/range.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "api/http/fields.h"

namespace loa {

namespace {

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    return failed == std::errc{} && end == text.data() + text.size() ? std::optional{value} : std::nullopt;
}

}  // namespace

RangeWish readRange(std::string_view range, std::uint64_t size) {
    constexpr std::string_view unit = "bytes=";
    if (!equalWithoutCase(range.substr(0, unit.size()), unit)) return {};
    range.remove_prefix(unit.size());
    const auto dash = range.find('-');
    if (dash == range.npos) return {};
    const auto first = number(range.substr(0, dash));
    const auto last = number(range.substr(dash + 1));
    if (dash == 0) {  // the last so many bytes
        if (!last) return {};
        const auto length = std::min(*last, size);
        if (length == 0) return {RangeWish::Kind::unsatisfiable};
        return {RangeWish::Kind::part, size - length, length};
    }
    const bool open = dash + 1 == range.size();
    if (!first || (!open && (!last || *last < *first))) return {};
    if (*first >= size) return {RangeWish::Kind::unsatisfiable};
    const auto end = open ? size : std::min(*last, size - 1) + 1;
    return {RangeWish::Kind::part, *first, end - *first};
}

}  // namespace loa
