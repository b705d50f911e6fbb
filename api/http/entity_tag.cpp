// Entity tags and their comparison. Pure. We only ever make strong ones.
#include "api/http/entity_tag.h"

#include <algorithm>
#include <stdexcept>

namespace loa {

std::string quotedEntityTag(std::string_view opaque) {
    const bool valid =
        std::all_of(opaque.begin(), opaque.end(), [](char c) { return c > 0x20 && c < 0x7f && c != '"'; });
    if (!valid) throw std::invalid_argument{"an entity tag is visible ASCII without quotes"};
    return '"' + std::string{opaque} + '"';
}

bool namesEntityTag(std::string_view ifNoneMatch, std::string_view tag) {
    if (ifNoneMatch == "*") return true;
    // A tag may hold commas, so the list is read from quote to quote.
    while (true) {
        const auto open = ifNoneMatch.find('"');
        if (open == std::string_view::npos) return false;
        const auto close = ifNoneMatch.find('"', open + 1);
        if (close == std::string_view::npos) return false;
        if (ifNoneMatch.substr(open, close - open + 1) == tag) return true;
        ifNoneMatch.remove_prefix(close + 1);
    }
}

}  // namespace loa
