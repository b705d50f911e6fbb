// Walks the frames of an MP3 file without decoding them: what tells a whole file from one cut short or damaged, which
// decoders do not say. Skips ID3v2, ID3v1, APEv2 and Lyrics3 tags without reading them. Pure, every access checked.
#include "scheduler/media/ingest/mp3_frames.h"

#include <algorithm>
#include <optional>

#include "scheduler/media/little_endian.h"
#include "scheduler/media/refusals.h"

namespace loa {
namespace {

struct Frame {
    int version = 0;  // bits 19-20: 0 MPEG 2.5, 2 MPEG 2, 3 MPEG 1
    int channelMode = 0;
    int rate = 0;
    int pcmFrames = 0;
    std::size_t bytes = 0;
};

constexpr std::size_t headBytesSearched = 4096;

// ISO 11172-3 2.4.2.3: layer III bit rates in kbit/s, MPEG 1 and MPEG 2/2.5.
constexpr int bitRates[2][15] = {{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
                                 {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}};
constexpr int rates[3] = {44100, 48000, 32000};

std::optional<Frame> frameAt(std::string_view bytes, std::size_t at) {
    if (at + 4 > bytes.size() || byteAt(bytes, at) != 0xFF) return std::nullopt;
    const int second = byteAt(bytes, at + 1), third = byteAt(bytes, at + 2), fourth = byteAt(bytes, at + 3);
    const int version = (second >> 3) & 3, layer = (second >> 1) & 3;
    const int bitRateIndex = third >> 4, rateIndex = (third >> 2) & 3;
    if ((second & 0xE0) != 0xE0 || version == 1 || layer != 1) return std::nullopt;  // layer 1 is "III"
    if (bitRateIndex == 0 || bitRateIndex == 15 || rateIndex == 3) return std::nullopt;
    const bool isMpeg1 = version == 3;
    Frame frame;
    frame.version = version;
    frame.channelMode = fourth >> 6;
    frame.rate = rates[rateIndex] / (isMpeg1 ? 1 : version == 2 ? 2 : 4);
    frame.pcmFrames = isMpeg1 ? 1152 : 576;
    const int bitRate = bitRates[isMpeg1 ? 0 : 1][bitRateIndex] * 1000;
    frame.bytes = static_cast<std::size_t>(frame.pcmFrames / 8 * bitRate / frame.rate + ((third >> 1) & 1));
    return frame;
}

bool sameStream(const Frame& one, const Frame& other) {
    return one.version == other.version && one.rate == other.rate;
}

bool threeFramesAt(std::string_view bytes, std::size_t at) {
    std::optional<Frame> first;
    for (int count = 0; count < 3; ++count) {
        const auto frame = frameAt(bytes, at);
        if (!frame || (first && !sameStream(*first, *frame))) return false;
        first = frame;
        at += frame->bytes;
    }
    return true;
}

std::optional<std::size_t> firstFrame(std::string_view bytes) {
    for (std::size_t at = 0; at < std::min(bytes.size(), headBytesSearched); ++at) {
        if (threeFramesAt(bytes, at)) return at;
    }
    return std::nullopt;
}

std::uint32_t bigEndian32(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint32_t>(byteAt(bytes, at)) << 24 |
           static_cast<std::uint32_t>(byteAt(bytes, at + 1)) << 16 |
           static_cast<std::uint32_t>(byteAt(bytes, at + 2)) << 8 | byteAt(bytes, at + 3);
}

// The count of sound frames that an encoder wrote into a first frame without sound: "Xing" or "Info" behind the side
// information, or "VBRI" at a fixed place.
std::optional<std::int64_t> countedFrames(std::string_view frame, const Frame& header) {
    const bool isMono = header.channelMode == 3;
    const std::size_t side = header.version == 3 ? (isMono ? 17u : 32u) : (isMono ? 9u : 17u);
    const std::size_t xing = 4 + side, vbri = 36;
    if (frame.size() >= xing + 12) {
        const auto name = frame.substr(xing, 4);
        if ((name == "Xing" || name == "Info")) {
            const bool hasCount = bigEndian32(frame, xing + 4) & 1u;
            return hasCount ? std::int64_t{bigEndian32(frame, xing + 8)} : 0;
        }
    }
    if (frame.size() >= vbri + 18 && frame.substr(vbri, 4) == "VBRI")
        return std::int64_t{bigEndian32(frame, vbri + 14)};
    return std::nullopt;
}

// Cuts what may stand behind the sound: ID3v1 (128 bytes), APEv2 (with its footer), Lyrics3v2.
std::string_view withoutTagsBehind(std::string_view bytes) {
    const auto endsWith = [&](std::size_t before, std::string_view word) {
        return bytes.size() >= before && bytes.substr(bytes.size() - before, word.size()) == word;
    };
    if (endsWith(128, "TAG")) bytes.remove_suffix(128);
    if (endsWith(9, "LYRICS200")) {
        const auto begin = bytes.rfind("LYRICSBEGIN");
        if (begin != std::string_view::npos) bytes = bytes.substr(0, begin);
    }
    if (endsWith(32, "APETAGEX")) {
        const auto footer = bytes.size() - 32;
        const bool hasHeader = littleEndian32(bytes, footer + 20) & 0x8000'0000u;
        const std::size_t tag = std::size_t{littleEndian32(bytes, footer + 12)} + (hasHeader ? 32 : 0);
        bytes.remove_suffix(std::min(tag, bytes.size()));
    }
    return bytes;
}

}  // namespace

bool startsLikeMp3(std::string_view bytes) {
    return firstFrame(bytes).has_value();
}

bool beginsWithMp3Frame(std::string_view bytes) {
    return frameAt(bytes, 0).has_value();
}

std::size_t id3Bytes(std::string_view bytes) {
    if (bytes.size() < 10 || !bytes.starts_with("ID3")) return 0;
    std::size_t size = 0;
    for (std::size_t at = 6; at < 10; ++at) size = size << 7 | (byteAt(bytes, at) & 0x7F);
    const bool hasFooter = byteAt(bytes, 5) & 0x10;
    return 10 + size + (hasFooter ? 10 : 0);
}

Mp3Facts readMp3(std::string_view bytes) {
    bytes = withoutTagsBehind(bytes);
    while (const auto tag = id3Bytes(bytes)) bytes.remove_prefix(std::min(tag, bytes.size()));
    const auto start = firstFrame(bytes);
    if (!start) throw mediaRefusal("media-damaged");
    const Frame first = *frameAt(bytes, *start);
    const auto counted = countedFrames(bytes.substr(*start, first.bytes), first);
    const auto soundStart = *start + (counted ? first.bytes : 0);
    auto at = soundStart, soundEnd = soundStart;
    std::int64_t found = 0;
    while (at < bytes.size()) {
        const auto rest = bytes.substr(at);
        if (const auto tag = id3Bytes(rest)) {  // files joined end to end
            at += tag;
            continue;
        }
        const auto frame = frameAt(bytes, at);
        if (!frame || !sameStream(first, *frame)) {
            if (rest.find_first_not_of('\0') == std::string_view::npos) break;  // padding
            throw mediaRefusal(rest.size() < 4 ? "media-truncated" : "media-damaged");
        }
        if (frame->bytes > rest.size()) throw mediaRefusal("media-truncated");
        at += frame->bytes;
        soundEnd = at;
        ++found;
    }
    // Some encoders count their own header frame.
    if (counted && found + 1 < *counted) throw mediaRefusal("media-truncated");
    return {bytes.substr(soundStart, soundEnd - soundStart), first.rate, found * first.pcmFrames};
}

}  // namespace loa
