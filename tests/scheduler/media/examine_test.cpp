#include "scheduler/media/ingest/examine.h"

#include <doctest/doctest.h>

#include "scheduler/media/refusals.h"
#include "tests/support/broken_media.h"

using namespace loa;

namespace {

std::string refusalOf(std::string_view bytes) {
    try {
        examine(bytes);
    } catch (const Error& error) {
        return error.code();
    }
    return "";
}

// A Xing header in a frame of its own, before `mp3`: the count of frames that the encoder says follow.
std::string withXing(const std::string& mp3, std::uint32_t count) {
    auto frame = mp3.substr(0, 384);  // 128 kbit/s at 48 kHz
    std::fill(frame.begin() + 4, frame.end(), '\0');
    const std::size_t at = (frame[3] & 0xC0) == 0xC0 ? 21 : 36;
    frame.replace(at, 8, std::string{"Xing\0\0\0\1", 8});
    for (int byte = 0; byte < 4; ++byte)
        frame[at + 8 + static_cast<std::size_t>(byte)] = static_cast<char>(count >> (24 - 8 * byte));
    return frame + mp3;
}

}  // namespace

TEST_CASE("examine: good files are told apart by their bytes, with the length their container claims") {
    const std::pair<const char*, Recording::Kind> kinds[] = {{"wav", Recording::Kind::wav},
                                                             {"mp3", Recording::Kind::mp3},
                                                             {"ogg", Recording::Kind::vorbis},
                                                             {"opus", Recording::Kind::opus},
                                                             {"flac", Recording::Kind::flac}};
    for (const auto& [name, kind] : kinds) {
        CAPTURE(name);
        const auto recording = examine(goodMedia(name));
        CHECK(recording.kind == kind);
        CHECK(recording.rate == 48000);
        CHECK(recording.frames >= 96000);
        CHECK(recording.frames < 96000 + 3 * 1152);
    }
}

TEST_CASE("examine: an MP3's tags before, between and behind its sound are stepped over") {
    const auto& mp3 = goodMedia("mp3");
    const auto tag = std::string{"ID3\x04\0\0\0\0\x02\0", 10} + std::string(256, 'x');
    const auto plain = examine(mp3);
    const auto id3v1 = "TAG" + std::string(125, ' ');
    CHECK(examine(tag + mp3).frames == plain.frames);
    CHECK(examine(tag + mp3 + tag + mp3 + id3v1).frames == 2 * plain.frames);
    CHECK(examine(mp3 + std::string(500, '\0')).frames == plain.frames);
    CHECK(examine(randomBytes(200, 1) + mp3).frames == plain.frames);  // a recorder switched on in mid-frame
}

TEST_CASE("examine: an MP3 with fewer frames than its Xing header counts is truncated, also cut between frames") {
    const auto& mp3 = goodMedia("mp3");
    const auto frames = static_cast<std::uint32_t>(examine(mp3).frames / 1152);
    CHECK(examine(withXing(mp3, frames)).frames == frames * 1152);
    CHECK(refusalOf(withXing(mp3, frames).substr(0, 384 * 40)) == "media-truncated");
    CHECK(refusalOf(mp3.substr(0, mp3.size() - 10)) == "media-truncated");
}

TEST_CASE("examine: a WAV written to a pipe reaches to the end of the file") {
    auto wav = goodMedia("wav");
    wav.replace(40, 4, "\xFF\xFF\xFF\xFF");
    CHECK(examine(wav).frames == 96000);
}

TEST_CASE("examine: an Ogg file without its last page is truncated, and with one bit changed is damaged") {
    for (const auto* kind : {"ogg", "opus"}) {
        CAPTURE(kind);
        auto ogg = goodMedia(kind);
        CHECK(refusalOf(ogg.substr(0, ogg.rfind("OggS"))) == "media-truncated");
        CHECK(refusalOf(ogg.substr(0, ogg.size() - 1)) == "media-truncated");
        ogg[ogg.size() / 2] = static_cast<char>(ogg[ogg.size() / 2] ^ 1);
        CHECK(refusalOf(ogg) == "media-damaged");
        CHECK(refusalOf(goodMedia(kind) + goodMedia(kind)) == "media-format");  // chained streams
    }
}

TEST_CASE("examine: no prefix of any good file reads beyond its end") {
    for (const auto* kind : {"wav", "mp3", "ogg", "opus", "flac"}) {
        const auto& good = goodMedia(kind);
        for (std::size_t size = 0; size < std::min<std::size_t>(good.size(), 6000); size += size < 300 ? 1 : 97) {
            const std::string prefix = good.substr(0, size);  // its own memory, so that the sanitizer sees the end
            if (kind != std::string{"flac"}) CHECK(refusalOf(prefix) != "");
        }
    }
}
