// Writes the strings of a problem. Pure.
#include "api/http/json_text.h"

#include "scheduler/domain/utf8.h"

namespace loa {

std::string jsonText(std::string_view text) {
    static constexpr char digits[] = "0123456789abcdef";
    const bool utf8 = isUtf8(text);
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            (out += '\\') += c;
        else if (byte < 0x20)
            ((out += "\\u00") += digits[byte >> 4U]) += digits[byte & 15U];
        else
            out += byte < 0x80 || utf8 ? c : '?';
    }
    return out += '"';
}

}  // namespace loa
