// Takes a request target apart: path segments, query, percent-encoding (RFC 3986). Pure; refuses rather than repairs.
#include "api/http/target.h"

#include <algorithm>

#include "scheduler/domain/error.h"
#include "scheduler/domain/utf8.h"

namespace loa {

namespace {

Error malformed(const char* code, const char* vi, const char* en) {
    return Error{Fault::malformed, code, Words{vi, en}};
}

int hexValue(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool isUnreserved(int byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

/// The byte that "%xx" at `at` stands for; -1 where none does.
int encodedByte(std::string_view text, std::size_t at) {
    if (text[at] != '%' || at + 2 >= text.size()) return -1;
    const int high = hexValue(text[at + 1]);
    const int low = hexValue(text[at + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

enum class Plus { literal, space };

std::string decode(std::string_view text, Plus plus) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            const int byte = encodedByte(text, i);
            if (byte < 0)
                throw malformed("percent-encoding", "Địa chỉ có dấu % không theo sau bởi hai chữ số hex.",
                                "The address has a % that is not followed by two hex digits.");
            out += static_cast<char>(byte);
            i += 2;
        } else {
            out += text[i] == '+' && plus == Plus::space ? ' ' : text[i];
        }
    }
    const bool control =
        std::any_of(out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
    if (control || !isUtf8(out))
        throw malformed("address-text", "Địa chỉ có ký tự điều khiển hoặc không phải UTF-8.",
                        "The address has control characters or is not UTF-8.");
    return out;
}

}  // namespace

std::vector<std::string> readPath(std::string_view path) {
    if (path.empty() || path.front() != '/')
        throw malformed("address", "Địa chỉ phải bắt đầu bằng dấu /.", "The address has to start with a /.");
    std::vector<std::string> segments;
    while (!path.empty()) {
        path.remove_prefix(1);
        const auto slash = std::min(path.find('/'), path.size());
        segments.push_back(decode(path.substr(0, slash), Plus::literal));
        path.remove_prefix(slash);
    }
    return segments;
}

std::string normalPath(std::string_view path) {
    std::string out;
    out.reserve(path.size());
    for (std::size_t i = 0; i < path.size(); ++i) {
        const int byte = encodedByte(path, i);
        const bool decoded = isUnreserved(byte);
        out += decoded ? static_cast<char>(byte) : path[i];
        if (decoded) i += 2;
    }
    return out;
}

std::map<std::string, std::string, std::less<>> readQuery(std::string_view query) {
    std::map<std::string, std::string, std::less<>> values;
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const auto pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (pair.empty()) continue;
        const auto equals = std::min(pair.find('='), pair.size());
        const auto value = equals < pair.size() ? pair.substr(equals + 1) : std::string_view{};
        if (!values.emplace(decode(pair.substr(0, equals), Plus::space), decode(value, Plus::space)).second)
            throw malformed("query-twice", "Một tham số trong địa chỉ được ghi hai lần. Chỉ giữ lại một.",
                            "A parameter stands twice in the address. Keep one of them.");
    }
    return values;
}

}  // namespace loa
