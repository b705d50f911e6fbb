// Bytes of a connection as strangers send them: requests are read or refused, each in one way only. A second reader in
// here is as lenient as the worst proxy; wherever ours takes a request, both see the same end of it.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "api/http/body.h"
#include "api/http/entity_tag.h"
#include "api/http/head.h"
#include "api/http/range.h"
#include "api/http/request.h"
#include "api/http/wire_error.h"
#include "tests/fuzz/claim.h"

using namespace loa;

namespace {

constexpr std::uint64_t bodyLimit = 4096;
constexpr std::uint64_t fileBytes = 1000;

struct Taken {
    Head head;
    std::string body;
    std::size_t begin = 0;  // of its bytes in the input
    std::size_t end = 0;
};

struct Reading {
    std::vector<Taken> requests;
    std::string refusal;  // the code that ended it; empty: the input was used up

    bool sameAs(const Reading& other) const {
        return refusal == other.refusal &&
               std::equal(requests.begin(), requests.end(), other.requests.begin(), other.requests.end(),
                          [](const Taken& one, const Taken& two) {
                              return one.body == two.body && one.head.method == two.head.method &&
                                     one.head.target == two.head.target &&
                                     std::equal(one.head.fields.begin(), one.head.fields.end(), two.head.fields.begin(),
                                                two.head.fields.end());
                          });
    }
};

/// All requests of the input, as they come in pieces of `piece` bytes.
Reading readAll(std::string_view bytes, std::size_t piece) {
    std::size_t at = 0;
    Inbound inbound{[&](char* into, std::size_t size) {
        const auto part = std::min({size, piece, bytes.size() - at});
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), part, into);
        at += part;
        return part;
    }};
    Reading reading;
    try {
        while (inbound.arrived()) {
            Taken taken;
            taken.begin = at - 1;  // where pieces are single bytes: only then it is used
            taken.head = readHead(inbound);
            const auto framing = framingOf(taken.head);
            taken.body = readBody(inbound, framing, bodyLimit);
            taken.end = at;
            wantsToStay(taken.head);
            expectsContinue(taken.head);
            reading.requests.push_back(std::move(taken));
        }
    } catch (const WireError& error) {
        claim(error.status() >= 400 && error.status() < 600, "a refusal has a status");
        claim(!error.words().vi.empty() && !error.words().en.empty(), "a refusal has words in both languages");
        reading.refusal = error.code();
    }
    return reading;
}

std::string written(const Taken& taken) {
    auto text =
        taken.head.method + ' ' + taken.head.target + " HTTP/1." + std::to_string(taken.head.minorVersion) + "\r\n";
    for (const auto& [name, value] : taken.head.fields)
        if (!equalWithoutCase(name, "Transfer-Encoding") && !equalWithoutCase(name, "Content-Length"))
            text += name + ": " + value + "\r\n";
    if (!taken.body.empty()) text += "Content-Length: " + std::to_string(taken.body.size()) + "\r\n";
    return text + "\r\n" + taken.body;
}

/// The reader that forgives everything: bare LF, blanks anywhere, the last of several lengths, chunked before length.
class LenientReader {
public:
    explicit LenientReader(std::string_view bytes) : left_{bytes}, whole_{bytes.size()} {}

    /// How many bytes the request has.
    std::size_t end() {
        while (!left_.empty() && (left_.front() == '\r' || left_.front() == '\n')) left_.remove_prefix(1);
        std::size_t length = 0;
        bool isChunked = false;
        line();
        for (auto field = line(); !field.empty(); field = line()) {
            claim(field.front() != ' ' && field.front() != '\t', "no folded line is taken");
            const auto name = lowerWithoutBlanks(field.substr(0, field.find(':')));
            const auto value = lowerWithoutBlanks(field.substr(std::min(field.find(':'), field.size() - 1) + 1));
            if (name == "content-length") length = std::strtoull(value.c_str(), nullptr, 10);
            if (name == "transfer-encoding" && value.find("chunked") != value.npos) isChunked = true;
        }
        if (!isChunked) return whole_ - left_.size() + length;
        for (;;) {
            const auto size = std::strtoull(lowerWithoutBlanks(line()).c_str(), nullptr, 16);
            if (size == 0) break;
            left_.remove_prefix(std::min<std::size_t>(size, left_.size()));
            line();
        }
        while (!line().empty()) {
        }
        return whole_ - left_.size();
    }

private:
    std::string line() {
        const auto end = std::min(left_.find('\n'), left_.size());
        std::string text{left_.substr(0, end)};
        left_.remove_prefix(std::min(end + 1, left_.size()));
        while (!text.empty() && text.back() == '\r') text.pop_back();
        return text;
    }
    static std::string lowerWithoutBlanks(std::string text) {
        std::erase_if(text, [](char c) { return c == ' ' || c == '\t' || c == '\v' || c == '\f'; });
        for (auto& c : text)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        return text;
    }

    std::string_view left_;
    const std::size_t whole_;
};

/// What handlers and the router read of a request that was taken.
void tryRequest(const Taken& taken) {
    const auto method = methodFromText(taken.head.method);
    if (!method) return;
    std::optional<Request> request;
    try {
        request.emplace(*method, taken.head.target);
    } catch (const Error& error) {
        claim(error.fault() == Fault::malformed, "an address is refused as malformed");
        return;
    }
    request->withFields(taken.head.fields);
    claim(!request->segments().empty(), "a path has a part");
    for (const auto& segment : request->segments())
        claim(std::none_of(segment.begin(), segment.end(), [](char c) { return c >= 0 && c < ' '; }),
              "no part of a path has a control character");
    request->language();
    request->holds("r7");
    namesEntityTag(request->header("If-Match").value_or(""), "\"r7\"");
    const auto range = readRange(request->header("Range").value_or(""), fileBytes);
    if (range.kind == RangeWish::Kind::part)
        claim(range.length > 0 && range.offset + range.length <= fileBytes, "a range is inside the file");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    const auto reading = readAll(bytes, 1);
    claim(reading.sameAs(readAll(bytes, bytes.size() + 1)), "how the bytes arrive changes nothing");
    claim(reading.sameAs(readAll(bytes, 7)), "how the bytes arrive changes nothing");
    for (const auto& taken : reading.requests) {
        const auto raw = bytes.substr(taken.begin);
        claim(LenientReader{raw}.end() == taken.end - taken.begin, "another reader sees the same end of the request");
        const auto again = readAll(written(taken), 1);
        claim(again.refusal.empty() && again.requests.size() == 1, "what was taken can be sent on");
        claim(again.requests[0].body == taken.body && again.requests[0].head.target == taken.head.target,
              "what is sent on is what was taken");
        tryRequest(taken);
    }
    return 0;
}
