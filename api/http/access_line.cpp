// The log's line for one request. Pure.
#include "api/http/access_line.h"

#include <algorithm>

#include "api/http/target.h"

namespace loa {

std::string logText(std::string_view text, std::size_t limit) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = byte >= 0x20 && byte < 0x7f && c != '"' && c != '\\';
        if (out.size() + (plain ? 1 : 4) + 1 > limit) break;
        if (plain)
            out += c;
        else
            ((out += "\\x") += digits[byte >> 4U]) += digits[byte & 15U];
    }
    return out += '"';
}

std::string withoutSecrets(std::string_view path) {
    static constexpr std::string_view mark = "loa_";
    const auto normal = normalPath(path);  // as routing reads it, or "loa%5Ffeed" would hide a secret
    std::string_view text = normal;
    std::string out;
    for (auto at = text.find(mark); at != std::string_view::npos; at = text.find(mark)) {
        const auto word = text.find('_', at + mark.size());
        const auto end = text.find_first_of("/.?", at);
        const auto shown = word < end ? word + 1 : at + mark.size();
        (out += text.substr(0, shown)) += "...";
        text.remove_prefix(std::min(end, text.size()));
    }
    return out.append(text);
}

std::string formatAccessLine(const AccessLine& line) {
    return "access listener=" + line.listener + " peer=" + line.peer + " who=" + logText(line.who, 100) +
           " method=" + line.method + " path=" + logText(withoutSecrets(line.path), 500) +
           " status=" + std::to_string(line.status) + " received=" + std::to_string(line.received) +
           " sent=" + std::to_string(line.sent) + " ms=" + std::to_string(line.took.count());
}

}  // namespace loa
