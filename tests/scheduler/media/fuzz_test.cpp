#include <doctest/doctest.h>

#include <chrono>
#include <map>
#include <random>

#include "scheduler/media/little_endian.h"
#include "tests/scheduler/media/ingest_house.h"
#include "tests/support/broken_media.h"

using namespace loa;

namespace {

// Flips, overwrites, removes, doubles or cuts; seldom more than a few places, so that the damage gets past the header.
std::string mutate(std::string bytes, std::mt19937& random) {
    const auto below = [&](std::size_t limit) { return limit == 0 ? 0 : random() % limit; };
    for (auto changes = 1 + below(6); changes > 0 && !bytes.empty(); --changes) {
        const auto at = below(4) == 0 ? below(std::min<std::size_t>(bytes.size(), 200)) : below(bytes.size());
        const auto length = std::min<std::size_t>(1 + below(below(3) == 0 ? 400 : 4), bytes.size() - at);
        switch (below(6)) {
            case 0:
                bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
                break;
            case 1:
                bytes.replace(at, length, randomBytes(length, static_cast<std::uint32_t>(random())));
                break;
            case 2:
                bytes.replace(at, length, std::string(length, below(2) == 0 ? '\xFF' : '\0'));
                break;
            case 3:
                bytes.erase(at, length);
                break;
            case 4:
                bytes.insert(at, bytes.substr(below(bytes.size()), length));
                break;
            default:
                if (below(8) == 0) bytes.resize(at);
                break;
        }
    }
    return bytes;
}

// RFC 3533: without a right checksum no mutated page would get as far as a decoder.
std::string withChecksums(std::string ogg) {
    for (auto at = ogg.find("OggS"); at != std::string::npos && at + 27 < ogg.size();) {
        const std::size_t segments = byteAt(ogg, at + 26);
        std::size_t end = at + 27 + segments;
        for (std::size_t index = 0; index < segments && at + 27 + index < ogg.size(); ++index)
            end += byteAt(ogg, at + 27 + index);
        end = std::min(end, ogg.size());
        ogg.replace(at + 22, 4, 4, '\0');
        std::uint32_t value = 0;
        for (auto index = at; index < end; ++index) {
            value ^= static_cast<std::uint32_t>(byteAt(ogg, index)) << 24;
            for (int bit = 0; bit < 8; ++bit) value = (value & 0x8000'0000u) ? (value << 1) ^ 0x04c1'1db7u : value << 1;
        }
        for (std::size_t byte = 0; byte < 4; ++byte) ogg[at + 22 + byte] = static_cast<char>(value >> (8 * byte));
        at = ogg.find("OggS", end);
    }
    return ogg;
}

int fuzzCount() {
    const char* wanted = std::getenv("LOA_FUZZ_COUNT");
    return wanted ? std::atoi(wanted) : 300;
}

}  // namespace

TEST_CASE("F94: fuzzed MP3, Ogg, FLAC and WAV files may end the worker, but never hang the parent or touch the store") {
    IngestHouse house;
    const char* kinds[] = {"mp3", "flac", "opus", "ogg", "wav"};
    const auto descriptors = openDescriptors();
    std::map<std::string, int> outcomes;
    int kept = 0;
    for (int number = 0; number < fuzzCount(); ++number) {
        const auto seed = static_cast<std::uint32_t>(94'000 + number);
        CAPTURE(seed);
        std::mt19937 random{seed};
        const std::string kind = kinds[number % 5];
        auto bytes = mutate(goodMedia(kind, 1.0), random);
        if (bytes.starts_with("OggS") && number % 2 == 0) bytes = withChecksums(bytes);
        const auto began = std::chrono::steady_clock::now();
        const auto outcome = house.refusalOf(bytes);
        CHECK(std::chrono::steady_clock::now() - began < house.settings.deadline);
        CHECK((outcome.empty() || outcome == mediaRefusal(outcome).code()));
        ++outcomes[outcome.empty() ? kind + " taken" : outcome];
        if (outcome == "media-broken" || outcome == "media-stalled") MESSAGE(outcome << " at seed " << seed);
        const auto files = house.files();
        if (!outcome.empty()) CHECK(files == kept);
        kept = files;
    }
    for (const auto& [outcome, count] : outcomes) MESSAGE(outcome << ": " << count);
    CHECK(openDescriptors() == descriptors);
    CHECK_FALSE(hasChildren());
    CHECK(kept > 0);                                      // some damage leaves sound,
    CHECK(outcomes["media-damaged"] > fuzzCount() / 10);  // most does not: the fault has fired
    // And the store still takes what is good.
    CHECK(house.refusalOf(goodMedia("wav")) == "");
}
