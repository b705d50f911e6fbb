// Reads request heads. Poco's reader is not used for it: it skips lines without a colon, keeps the space before a colon
// in the name, decodes values by RFC 2047 and takes a broken chunk size for the end of the body (HTTPServer 1.11), each
// of which lets a request hide inside another. Runs on the connection's worker thread; knows no routes.
#include "api/http/head.h"

#include <algorithm>
#include <charconv>

#include "api/http/wire_error.h"

namespace loa {

namespace {

const WireError& headTooLarge() {
    static const WireError error{431, "head-too-large",
                                 Words{"Phần đầu yêu cầu quá lớn, tối đa 16 KiB và 100 dòng.",
                                       "The request's head is too large; at most 16 KiB and 100 lines."}};
    return error;
}

const WireError& targetTooLong() {
    static const WireError error{414, "address-too-long",
                                 Words{"Địa chỉ quá dài, tối đa 16 KiB.", "The address is too long; at most 16 KiB."}};
    return error;
}

WireError badRequestLine() {
    return badRequest("request-line", "Dòng đầu của yêu cầu không đúng HTTP/1.1.",
                      "The first line of the request is not HTTP/1.1.");
}

WireError badField() {
    return badRequest("header-field", "Có dòng trong phần đầu yêu cầu không đúng HTTP/1.1.",
                      "A line of the request's head is not HTTP/1.1.");
}

WireError badLength() {
    return badRequest("body-length", "Độ dài nội dung ghi trong yêu cầu không rõ ràng.",
                      "The request does not say clearly how long its body is.");
}

bool isToken(std::string_view text) {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               marks.find(c) != marks.npos;
    });
}

std::string_view trim(std::string_view text) {
    const auto first = std::min(text.find_first_not_of(" \t"), text.size());
    text.remove_prefix(first);
    return text.substr(0, text.find_last_not_of(" \t") + 1);
}

/// Origin form as it is; of the absolute form, which servers have to take (RFC 9112 3.2.2), what follows the host.
std::string originForm(std::string_view target) {
    const bool visible =
        std::all_of(target.begin(), target.end(), [](char c) { return c > 0x20 && c < 0x7f && c != '#'; });
    if (target.empty() || !visible) throw badRequestLine();
    if (target.front() == '/') return std::string{target};
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!equalWithoutCase(target.substr(0, scheme.size()), scheme)) continue;
        const auto path = target.find('/', scheme.size());
        return path == target.npos ? "/" : std::string{target.substr(path)};
    }
    throw badRequestLine();
}

void readRequestLine(std::string_view line, Head& head) {
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == line.npos || first == last) throw badRequestLine();
    const auto version = line.substr(last + 1);
    if (version == "HTTP/1.0")
        head.minorVersion = 0;
    else if (version.size() == 8 && version.substr(0, 5) == "HTTP/" && version != "HTTP/1.1")
        throw WireError{505, "http-version", Words{"Máy chủ chỉ nhận HTTP/1.1.", "The server takes HTTP/1.1 only."}};
    else if (version != "HTTP/1.1")
        throw badRequestLine();
    head.method = line.substr(0, first);
    if (!isToken(head.method)) throw badRequestLine();
    head.target = originForm(line.substr(first + 1, last - first - 1));
}

/// Fields that say one thing: two of them contradict each other even when they are equal.
bool isSingle(std::string_view name) {
    static constexpr std::string_view singles[] = {
        "Host",  "Content-Length", "Transfer-Encoding", "Content-Type", "Authorization",
        "Range", "If-Range",       "Content-Range",     "Expect",       "Content-Encoding"};
    return std::any_of(std::begin(singles), std::end(singles),
                       [&](std::string_view single) { return equalWithoutCase(single, name); });
}

void readField(std::string_view line, Head& head) {
    const auto colon = line.find(':');
    if (colon == line.npos) throw badField();
    const auto name = line.substr(0, colon);
    const auto value = trim(line.substr(colon + 1));
    const bool control = std::any_of(value.begin(), value.end(), [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
    });
    if (!isToken(name) || control) throw badField();
    const auto before = head.fields.find(name);
    if (before && isSingle(name))
        throw badRequest("field-twice", "Phần đầu yêu cầu có một dòng được ghi hai lần.",
                         "A line of the request's head that may stand once stands twice.");
    if (before)
        head.fields.set(std::string{name}, std::string{*before} + ", " + std::string{value});
    else
        head.fields.add(std::string{name}, std::string{value});
}

void checkHost(const Head& head) {
    const auto host = head.fields.find("Host");
    if (!host || host->empty() || host->find_first_of(" \t,/@?#\\") != host->npos)
        throw badRequest("host", "Yêu cầu thiếu dòng Host hoặc ghi sai.",
                         "The request's Host line is missing or wrong.");
}

}  // namespace

Head readHead(Inbound& inbound) {
    Head head;
    auto line = inbound.line(headLimit, targetTooLong());
    if (line.empty())
        line = inbound.line(headLimit, targetTooLong());  // RFC 9112 2.2: one empty line before is ignored
    readRequestLine(line, head);
    std::size_t left = headLimit - std::min(headLimit, line.size());
    for (int count = 0;; ++count) {
        line = inbound.line(left, headTooLarge());
        if (line.empty()) break;
        if (count == fieldLimit) throw headTooLarge();
        readField(line, head);
        left -= std::min(left, line.size());
    }
    checkHost(head);
    return head;
}

Framing framingOf(const Head& head) {
    const auto length = head.fields.find("Content-Length");
    const auto coding = head.fields.find("Transfer-Encoding");
    Framing framing;
    if (coding) {
        if (length || head.minorVersion == 0) throw badLength();
        if (!equalWithoutCase(*coding, "chunked"))
            throw WireError{501, "transfer-coding",
                            Words{"Máy chủ chỉ nhận nội dung gửi nguyên hoặc chia khúc (chunked).",
                                  "The server takes bodies sent plainly or chunked only."}};
        framing.chunked = true;
    } else if (length) {
        const bool digits = std::all_of(length->begin(), length->end(), [](char c) { return c >= '0' && c <= '9'; });
        const auto [end, failed] = std::from_chars(length->data(), length->data() + length->size(), framing.length);
        if (!digits || length->empty() || failed != std::errc{}) throw badLength();
        static_cast<void>(end);
    }
    return framing;
}

bool wantsToStay(const Head& head) {
    if (head.minorVersion == 0) return false;
    std::string_view options = head.fields.find("Connection").value_or("");
    while (!options.empty()) {
        const auto comma = std::min(options.find(','), options.size());
        if (equalWithoutCase(trim(options.substr(0, comma)), "close")) return false;
        options.remove_prefix(std::min(comma + 1, options.size()));
    }
    return true;
}

bool expectsContinue(const Head& head) {
    const auto expectation = head.fields.find("Expect");
    if (!expectation || head.minorVersion == 0) return false;
    if (equalWithoutCase(*expectation, "100-continue")) return true;
    throw WireError{417, "expectation",
                    Words{"Máy chủ không hiểu dòng Expect.", "The server does not know that expectation."}};
}

}  // namespace loa
