// Walks the pages of an Ogg file: what tells a whole file from one cut short or damaged, which decoders do not say.
// Used before decoding (in the cage) and on the canonical file (outside). Pure, every access checked; never decodes
// sound.
#include "scheduler/media/ogg_pages.h"

#include <algorithm>
#include <array>
#include <optional>

#include "scheduler/media/little_endian.h"
#include "scheduler/media/refusals.h"

namespace loa {
namespace {

constexpr std::size_t headerBytes = 27;
constexpr std::uint8_t flagFirst = 2, flagLast = 4;

struct Page {
    std::uint8_t flags = 0;
    std::int64_t granule = 0;  // -1: no packet ends here
    std::uint32_t serial = 0;
    std::uint32_t sequence = 0;
    std::size_t bytes = 0;
    std::string_view body;
};

// RFC 3533 section 6: polynomial 0x04c11db7, no reflection, starts at 0; the page's own field counts as zero.
constexpr auto checksumTable = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t index = 0; index < table.size(); ++index) {
        std::uint32_t value = index << 24;
        for (int bit = 0; bit < 8; ++bit) value = (value & 0x8000'0000u) ? (value << 1) ^ 0x04c1'1db7u : value << 1;
        table[index] = value;
    }
    return table;
}();

std::uint32_t checksum(std::string_view page) {
    std::uint32_t value = 0;
    for (std::size_t at = 0; at < page.size(); ++at) {
        const std::uint8_t byte = at >= 22 && at < 26 ? 0 : byteAt(page, at);
        value = (value << 8) ^ checksumTable[(value >> 24) ^ byte];
    }
    return value;
}

Page readPage(std::string_view rest) {
    if (rest.size() < headerBytes) throw mediaRefusal("media-truncated");
    if (rest.substr(0, 4) != "OggS" || byteAt(rest, 4) != 0) throw mediaRefusal("media-damaged");
    const std::size_t segments = byteAt(rest, 26);
    if (rest.size() < headerBytes + segments) throw mediaRefusal("media-truncated");
    Page page;
    page.bytes = headerBytes + segments;
    for (std::size_t index = 0; index < segments; ++index) page.bytes += byteAt(rest, headerBytes + index);
    if (rest.size() < page.bytes) throw mediaRefusal("media-truncated");
    if (checksum(rest.substr(0, page.bytes)) != littleEndian32(rest, 22)) throw mediaRefusal("media-damaged");
    page.flags = byteAt(rest, 5);
    page.granule = static_cast<std::int64_t>(littleEndian64(rest, 6));
    page.serial = littleEndian32(rest, 14);
    page.sequence = littleEndian32(rest, 18);
    page.body = rest.substr(headerBytes + segments, page.bytes - headerBytes - segments);
    return page;
}

struct Head {
    OggFacts facts;
    std::int64_t skippedFrames = 0;  // RFC 7845 section 4.2: pre-skip
};

Head readHead(std::string_view body) {
    if (body.size() < 8) throw mediaRefusal("media-format");
    Head head;
    if (body.substr(0, 8) == "OpusHead" && body.size() >= 19) {
        // RFC 7845 section 5.1: the rate is that of the original, for information; family 0 is mono or stereo. A
        // decoder that is shown anything else waits for ever.
        const auto originalRate = littleEndian32(body, 12);
        const int mappingFamily = byteAt(body, 18);
        if (originalRate > 384000 || mappingFamily != 0) throw mediaRefusal("media-format");
        head.facts = {OggFacts::Codec::opus, byteAt(body, 9), 48000, 0};
        head.skippedFrames = littleEndian16(body, 10);
    } else if (body.substr(0, 7) == std::string_view{"\x01vorbis"} && body.size() >= 30) {
        const auto rate = littleEndian32(body, 12);
        if (rate < 4000 || rate > 384000) throw mediaRefusal("media-format");
        head.facts = {OggFacts::Codec::vorbis, byteAt(body, 11), static_cast<int>(rate), 0};
    } else if (body.substr(1, 6) == "theora" || body.substr(0, 4) == "BBCD") {
        throw mediaRefusal("media-video");
    } else {
        throw mediaRefusal("media-format");
    }
    if (head.facts.channels < 1 || head.facts.channels > 2) throw mediaRefusal("media-format");
    return head;
}

}  // namespace

OggFacts readOgg(std::string_view bytes) {
    std::optional<Head> head;
    Page first, last;
    std::int64_t granule = 0;
    while (!bytes.empty()) {
        const Page page = readPage(bytes);
        bytes.remove_prefix(page.bytes);
        if (page.flags & flagFirst) {
            const Head found = readHead(page.body);  // first, so that a picture stream is called a video
            if (head) throw mediaRefusal("media-format");
            head = found;
            first = page;
        } else if (!head || page.serial != first.serial || page.sequence != last.sequence + 1 ||
                   (last.flags & flagLast)) {
            throw mediaRefusal("media-damaged");
        }
        if (page.granule != -1) {
            if (page.granule < granule) throw mediaRefusal("media-damaged");
            granule = page.granule;
        }
        last = page;
    }
    if (!head || !(last.flags & flagLast)) throw mediaRefusal("media-truncated");
    head->facts.frames = std::max<std::int64_t>(0, granule - head->skippedFrames);
    return head->facts;
}

}  // namespace loa
