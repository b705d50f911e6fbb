// Reads what a FLAC file says of itself before its sound. Pure, every access checked; never decodes.
#include "scheduler/media/ingest/flac_header.h"

#include "scheduler/media/little_endian.h"
#include "scheduler/media/refusals.h"

namespace loa {

FlacFacts readFlac(std::string_view bytes) {
    constexpr std::size_t streamInfoBytes = 34;
    std::size_t at = 4;  // after "fLaC"
    FlacFacts facts;
    for (bool isLast = false, isFirst = true; !isLast; isFirst = false) {
        if (at + 4 > bytes.size()) throw mediaRefusal("media-truncated");
        isLast = byteAt(bytes, at) & 0x80;
        const int type = byteAt(bytes, at) & 0x7F;
        const std::size_t size =
            static_cast<std::size_t>(byteAt(bytes, at + 1) << 16 | byteAt(bytes, at + 2) << 8 | byteAt(bytes, at + 3));
        at += 4;
        if (isFirst != (type == 0) || type == 127 || (isFirst && size != streamInfoBytes))
            throw mediaRefusal("media-damaged");
        if (size > bytes.size() - at) throw mediaRefusal("media-truncated");
        if (isFirst) {
            std::uint64_t packed = 0;  // 20 bits rate, 3 channels - 1, 5 bits - 1, 36 frames
            for (std::size_t index = 10; index < 18; ++index) packed = packed << 8 | byteAt(bytes, at + index);
            facts.rate = static_cast<int>(packed >> 44);
            facts.frames = static_cast<std::int64_t>(packed & 0xF'FFFF'FFFFu);
            if (((packed >> 41) & 7) > 1 || facts.rate < 4000 || facts.rate > 384000)
                throw mediaRefusal("media-format");
        }
        at += size;
    }
    return facts;
}

}  // namespace loa
