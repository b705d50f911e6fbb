// Which of our two languages a caller reads first. Pure.
#include "api/http/language.h"

#include <algorithm>

#include "api/http/fields.h"

namespace loa {

Language preferredLanguage(std::string_view acceptLanguage) {
    while (!acceptLanguage.empty()) {
        const auto comma = acceptLanguage.find(',');
        auto range = acceptLanguage.substr(0, comma);
        range.remove_prefix(std::min(range.find_first_not_of(" \t"), range.size()));
        const auto primary = range.substr(0, range.find_first_of("-; \t"));
        if (equalWithoutCase(primary, "vi")) return Language::vi;
        if (equalWithoutCase(primary, "en")) return Language::en;
        acceptLanguage.remove_prefix(comma == std::string_view::npos ? acceptLanguage.size() : comma + 1);
    }
    return Language::vi;
}

}  // namespace loa
