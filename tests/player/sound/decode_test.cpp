#include "player/sound/decode.h"

#include <doctest/doctest.h>
#include <gst/gst.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <random>

#include "tests/support/broken_media.h"
#include "tests/support/sound_companion.h"
#include "tests/support/tone_media.h"

using namespace loa;

namespace {

Decoded decodeBytes(const std::string& bytes, std::int64_t frames) {
    gst_init(nullptr, nullptr);
    HangWatch watch;
    const std::atomic<bool> cancelled{false};
    return decode(sealedMemory(bytes).get(), frames, cancelled, watch);
}

Decoded decodeDescriptor(int descriptor) {
    HangWatch watch;
    const std::atomic<bool> cancelled{false};
    return decode(descriptor, 48000, cancelled, watch);
}

}  // namespace

TEST_CASE("decode: a canonical file comes out whole, frame for frame") {
    const auto decoded = decodeBytes(toneMedia(96000), 96000);
    REQUIRE(decoded.pcm);
    CHECK(decoded.pcm->size() == 96000);
    double squares = 0;
    for (std::int64_t i = 24000; i < 72000; ++i) squares += std::pow(static_cast<double>(decoded.pcm->at(i)), 2);
    CHECK(std::sqrt(squares / 48000) == doctest::Approx(0.7 / std::sqrt(2)).epsilon(0.05));
}

TEST_CASE("decode: fewer frames than promised is truncated, more is damaged") {
    const auto media = toneMedia(96000);
    CHECK(decodeBytes(media, 96480).why == Refused::Why::truncated);
    CHECK(decodeBytes(media, 96480).detail == "96000 of 96480 frames");
    CHECK(decodeBytes(media, 95520).why == Refused::Why::damaged);
    const auto half = decodeBytes(media.substr(0, media.size() / 2), 96000);
    CHECK_FALSE(half.pcm);
    CHECK(half.why == Refused::Why::truncated);
}

TEST_CASE("F95 decode: no other container, codec or text payload is decodable on a station") {
    for (const auto& file : brokenMedia()) {
        CAPTURE(file.name);
        const auto decoded = decodeBytes(file.bytes, 96000);
        CHECK_FALSE(decoded.pcm);
        CHECK_FALSE(decoded.detail.empty());
    }
}

TEST_CASE("F94 decode: bytes flipped anywhere end in an answer, never in a hang or a crash") {
    const auto media = toneMedia(24000);
    std::mt19937 random{7};
    for (int round = 0; round < 60; ++round) {
        CAPTURE(round);
        auto bytes = media;
        for (int flips = 0; flips < 1 + round; ++flips) bytes[random() % bytes.size()] = static_cast<char>(random());
        const auto decoded = decodeBytes(bytes, 24000);
        CHECK((decoded.pcm.has_value() || !decoded.detail.empty()));
    }
}

TEST_CASE("decode: what is no sealed memory is refused without a read, so a pipe cannot hold it up") {
    std::array<int, 2> ends{};
    REQUIRE(pipe(ends.data()) == 0);
    const Descriptor reading{ends[0]};
    const Descriptor writing{ends[1]};
    CHECK(decodeDescriptor(reading.get()).detail == "the descriptor is no sealed memory");
    const Descriptor unsealed{memfd_create("x", MFD_CLOEXEC | MFD_ALLOW_SEALING)};
    CHECK(decodeDescriptor(unsealed.get()).detail == "the descriptor is no sealed memory");
    CHECK(decodeDescriptor(-1).detail == "the descriptor is no sealed memory");
    CHECK(decodeDescriptor(sealedMemory("").get()).detail == "the memory is empty");
}

TEST_CASE("decode: an item longer than memory allows is refused before it is decoded") {
    const auto decoded = decodeBytes(toneMedia(4800), mostFrames + 1);
    CHECK_FALSE(decoded.pcm);
    CHECK(decoded.detail == "longer than 31 minutes");
}
