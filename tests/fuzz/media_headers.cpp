// Sound files of strangers, as far as they are read without GStreamer: what kind they are, and what their headers say.
#include "scheduler/domain/error.h"
#include "scheduler/media/ingest/flac_header.h"
#include "scheduler/media/ingest/mp3_frames.h"
#include "scheduler/media/ingest/sniff.h"
#include "scheduler/media/ogg_pages.h"
#include "scheduler/media/wav_header.h"
#include "tests/fuzz/claim.h"

using namespace loa;

namespace {

/// Tries one reader; what it takes goes to `then`.
template <class Read, class Then>
void attempt(Read read, Then then) {
    try {
        then(read());
    } catch (const Error& error) {
        claim(error.code().starts_with("media-"), "a refusal has a code of media");
        claim(!error.words().vi.empty() && !error.words().en.empty(), "a refusal has words in both languages");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    const auto total = static_cast<std::int64_t>(size);
    attempt([&] { return sniff(bytes); }, [](Family) {});
    attempt([&] { return readWavHeader(bytes); },
            [&](const WavHeader& wav) {
                claim(wav.channels == 1 || wav.channels == 2, "one or two channels");
                claim(wav.rate >= 4'000 && wav.rate <= 384'000, "a rate within reach");
                claim(wav.bytesPerFrame > 0, "a frame has bytes");
                claim(wav.dataOffset > 0 && wav.dataOffset <= total && wav.dataBytes >= 0,
                      "the sound lies in the file");
            });
    attempt([&] { return readOgg(bytes); },
            [](const OggFacts& ogg) {
                claim(ogg.channels == 1 || ogg.channels == 2, "one or two channels");
                claim(ogg.rate > 0 && ogg.frames >= 0, "a rate and a length");
            });
    attempt([&] { return readFlac(bytes); },
            [](const FlacFacts& flac) { claim(flac.rate > 0 && flac.frames >= 0, "a rate and a length"); });
    startsLikeMp3(bytes);
    beginsWithMp3Frame(bytes);
    id3Bytes(bytes);
    attempt([&] { return readMp3(bytes); },
            [&](const Mp3Facts& mp3) {
                claim(mp3.sound.data() >= bytes.data() && mp3.sound.data() + mp3.sound.size() <= bytes.data() + size,
                      "the sound lies in the file");
                claim(mp3.rate > 0 && mp3.frames >= 0, "a rate and a length");
            });
    return 0;
}
