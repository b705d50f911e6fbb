// Reads request bodies within a limit. Runs on the connection's worker thread.
#include "api/http/body.h"

#include <charconv>

#include "api/http/wire_error.h"

namespace loa {

namespace {

constexpr std::size_t chunkLineLimit = 256;
constexpr int trailerLimit = 20;

WireError badChunk() {
    return badRequest("chunk", "Nội dung chia khúc (chunked) không đúng cách.", "The chunked body is malformed.");
}

std::uint64_t readChunkSize(Inbound& inbound) {
    const auto line = inbound.line(chunkLineLimit, badChunk());
    std::uint64_t size = 0;
    const auto [end, failed] = std::from_chars(line.data(), line.data() + line.size(), size, 16);
    const bool whole = end == line.data() + line.size() || *end == ';';
    if (failed != std::errc{} || !whole) throw badChunk();
    return size;
}

}  // namespace

void checkDeclared(const Framing& framing, std::uint64_t limit) {
    if (framing.length > limit || (framing.chunked && limit == 0)) throw bodyTooLarge(limit);
}

std::string readBody(Inbound& inbound, const Framing& framing, std::uint64_t limit) {
    checkDeclared(framing, limit);
    std::string body;
    if (!framing.chunked) {
        body.reserve(framing.length);
        inbound.append(body, framing.length);
        return body;
    }
    while (const auto size = readChunkSize(inbound)) {
        if (size > limit - body.size()) throw bodyTooLarge(limit);
        inbound.append(body, size);
        if (!inbound.line(0, badChunk()).empty()) throw badChunk();
    }
    for (int trailers = 0; !inbound.line(chunkLineLimit, badChunk()).empty(); ++trailers)
        if (trailers == trailerLimit) throw badChunk();
    return body;
}

}  // namespace loa
