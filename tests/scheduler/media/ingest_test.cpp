#include "scheduler/media/ingest.h"

#include <doctest/doctest.h>
#include <ebur128.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <cmath>
#include <cstddef>
#include <cstring>
#include <numbers>
#include <random>

#include "scheduler/media/ogg_pages.h"
#include "scheduler/media/sha256.h"
#include "tests/scheduler/media/ingest_house.h"
#include "tests/support/broken_media.h"
#include "tests/support/run_shell.h"

using namespace loa;

namespace {

struct Heard {
    std::int64_t frames = 0;
    double lufs = 0;
    double truePeakDbtp = 0;
};

// Decodes a stored file in another program, into two real channels, and measures those.
Heard hearOutside(const std::filesystem::path& opus) {
    const test::TemporaryDirectory folder;
    const auto raw = folder.path() / "out.raw";
    const auto run = runShell(
        "gst-launch-1.0 -q filesrc location=" + opus.string() +
        " ! oggdemux ! opusdec ! audioconvert ! audio/x-raw,format=F32LE,rate=48000,channels=2 ! filesink location=" +
        raw.string());
    REQUIRE_MESSAGE(run.status == 0, run.output);
    const auto bytes = contentOf(raw);
    std::vector<float> samples(bytes.size() / sizeof(float));
    std::memcpy(samples.data(), bytes.data(), bytes.size());
    auto* meter = ebur128_init(2, 48000, EBUR128_MODE_I | EBUR128_MODE_TRUE_PEAK);
    ebur128_add_frames_float(meter, samples.data(), samples.size() / 2);
    Heard heard{static_cast<std::int64_t>(samples.size() / 2), 0, 0};
    double left = 0, right = 0;
    ebur128_loudness_global(meter, &heard.lufs);
    ebur128_true_peak(meter, 0, &left);
    ebur128_true_peak(meter, 1, &right);
    heard.truePeakDbtp = 20 * std::log10(std::max(left, right));
    ebur128_destroy(&meter);
    return heard;
}

// Quiet speech-like tone with loud clicks: one gain alone would clip it.
std::vector<std::int16_t> quietWithClicks() {
    auto samples = burstTone(4, 0.02);
    for (std::size_t at = 5000; at < samples.size(); at += 24000) samples[at] = 32000;
    return samples;
}

// `quiet` of full scale but for each `period`th stretch of 4 ms, which is at full scale.
std::vector<std::int16_t> noise(double quiet, std::size_t period) {
    std::mt19937 random{1022};
    std::vector<std::int16_t> samples(3 * 48000);
    for (std::size_t at = 0; at < samples.size(); ++at) {
        const double peak = at / 200 % period == 0 ? 1.0 : quiet;
        samples[at] = static_cast<std::int16_t>(peak * static_cast<std::int16_t>(random()));
    }
    return samples;
}

}  // namespace

TEST_CASE(
    "ingest: every kind becomes Ogg Opus at -16 LUFS, peak at most -1.5 dBTP, by the exact count of frames, as heard "
    "outside") {
    IngestHouse house;
    for (const auto* kind : {"wav", "mp3", "ogg", "opus", "flac"}) {
        CAPTURE(kind);
        const auto& original = goodMedia(kind, 3.0);
        const auto ingested = house.ingestBytes(original);
        const auto stored = house.store.findCanonical(ingested.id);
        REQUIRE(stored);
        CHECK(stored->bytes == ingested.bytes);
        CHECK(sha256(contentOf(stored->path)) == ingested.id.text());
        CHECK(readOgg(contentOf(stored->path)).frames == ingested.frames);
        const auto heard = hearOutside(stored->path);
        CHECK(heard.frames == ingested.frames);
        CHECK(heard.lufs == doctest::Approx(-16).epsilon(0.5 / 16));
        CHECK(heard.lufs == doctest::Approx(ingested.loudnessLufs).epsilon(0.01));
        CHECK(heard.truePeakDbtp <= -1.5);
        CHECK(isLevelled(ingested));
        CHECK(ingested.frames >= 3 * 48000);
        CHECK(ingested.frames < 3 * 48000 + 3 * 1152);
        CHECK(ingested.originalSha256.text() == sha256(original));
        const auto kept = house.store.findOriginal(ingested.originalSha256);
        REQUIRE(kept);
        CHECK(contentOf(kept->path) == original);
    }
}

TEST_CASE("ingest: WAV, FLAC and a second run give the same sound the same name") {
    IngestHouse house;
    const auto first = house.ingestBytes(goodMedia("wav"));
    CHECK(house.ingestBytes(goodMedia("flac")).id == first.id);
    CHECK(house.ingestBytes(goodMedia("wav")) == first);
    CHECK(house.files() == 3);  // one canonical, two originals
}

TEST_CASE(
    "ingest: loud noise, hard clipped sound and quiet speech with clicks stay under the peak limit as heard outside") {
    IngestHouse house;
    auto square = burstTone(3, 1.0);
    for (auto& sample : square) sample = sample > 0 ? 32767 : -32768;
    for (const auto& samples : {noise(1, 1), noise(0.01, 24), square, quietWithClicks()}) {
        const auto ingested = house.ingestBytes(wavFile(samples));
        const auto heard = hearOutside(house.store.findCanonical(ingested.id)->path);
        CHECK(heard.truePeakDbtp <= -1.5);
        CHECK(heard.frames == static_cast<std::int64_t>(samples.size()));
        CHECK(isLevelled(ingested) == (std::abs(heard.lufs + 16) <= 0.5));
    }
}

TEST_CASE("ingest: where the peak limit forbids -16 LUFS, that is said") {
    IngestHouse house;
    std::vector<std::int16_t> clicks(4 * 48000, 0);
    for (std::size_t at = 0; at < clicks.size(); at += 2400) clicks[at] = 30000;
    const auto ingested = house.ingestBytes(wavFile(clicks));
    CHECK(ingested.truePeakDbtp <= -1.5);
    CHECK(ingested.loudnessLufs < -16.5);
    CHECK_FALSE(isLevelled(ingested));
}

TEST_CASE("ingest: other rates, widths and two channels are taken") {
    IngestHouse house;
    const auto mono = burstTone(2, 0.3, 22050);
    std::vector<std::int16_t> stereo;
    for (const auto sample : mono) stereo.insert(stereo.end(), {sample, sample});
    for (const auto& wav : {wavFile(mono, 22050), wavFile(stereo, 22050, 2)}) {
        const auto ingested = house.ingestBytes(wav);
        CHECK(std::abs(ingested.frames - 96000) < 480);
        CHECK(isLevelled(ingested));
    }
}

TEST_CASE("ingest: the steps come in order, each up to its end") {
    IngestHouse house;
    std::vector<IngestProgress> told;
    ingest(house.store, house.settings, house.incoming(goodMedia("wav")).path(),
           [&](const IngestProgress& progress) { told.push_back(progress); });
    std::vector<IngestStep> order;
    for (std::size_t index = 0; index < told.size(); ++index) {
        if (index == 0 || told[index].step != told[index - 1].step) order.push_back(told[index].step);
        const bool isLast = index + 1 == told.size() || told[index + 1].step != told[index].step;
        if (isLast) CHECK(told[index].percent == 100);
    }
    CHECK(order == std::vector{IngestStep::decode, IngestStep::measure, IngestStep::level, IngestStep::encode,
                               IngestStep::verify});
}

TEST_CASE(
    "F95: each forbidden container, playlist or text named as sound, and each broken file, is refused by its own code, "
    "and nothing is left behind") {
    IngestHouse house;
    const auto descriptors = openDescriptors();
    REQUIRE(brokenMedia().size() >= 35);
    for (const auto& broken : brokenMedia()) {
        CAPTURE(broken.name);
        CHECK(house.refusalOf(broken.bytes) == broken.refusal);
        CHECK(mediaRefusal(broken.refusal).code() == broken.refusal);
        CHECK(house.files() == 0);
    }
    CHECK(openDescriptors() == descriptors);
    CHECK_FALSE(hasChildren());
}

TEST_CASE("F95: the forbidden containers bite: a decoder that takes whatever comes plays each of them, named .mp3") {
    const test::TemporaryDirectory folder;
    const auto file = folder.path() / "named.mp3";
    for (const auto* kind : {"mkv", "mp4", "flv", "speex", "wavpack", "webm", "avi", "theora"}) {
        CAPTURE(kind);
        std::ofstream{file, std::ios::binary} << goodMedia(kind);
        const auto played =
            runShell("timeout 60 gst-launch-1.0 -q filesrc location=" + file.string() + " ! decodebin ! fakesink");
        CHECK_MESSAGE(played.status == 0, played.output);
    }
}

TEST_CASE(
    "ingest: too large and too long a file is refused before it is decoded, and a length that is not claimed while it "
    "is") {
    IngestHouse house;
    house.settings.limits.bytes = 100'000;
    CHECK(house.refusalOf(goodMedia("wav")) == "media-too-large");
    house.settings.limits = {};
    house.settings.limits.longest = std::chrono::seconds{1};
    CHECK(house.refusalOf(goodMedia("wav")) == "media-too-long");
    CHECK(house.refusalOf(goodMedia("opus")) == "media-too-long");
    auto bomb = goodMedia("flac");
    bomb.replace(22, 4, std::string(4, '\0'));  // STREAMINFO: number of frames unknown
    bomb[21] = static_cast<char>(bomb[21] & 0xF0);
    CHECK(house.refusalOf(bomb) == "media-too-long");
    house.settings.limits = {};
    CHECK(house.refusalOf(bomb) == "");
}

TEST_CASE("ingest: a FIFO and a folder are no files, and neither is waited for") {
    IngestHouse house;
    const auto fifo = house.folder.path() / "fifo.mp3";
    REQUIRE(mkfifo(fifo.c_str(), 0600) == 0);
    const auto folder = house.folder.path() / "folder.mp3";
    std::filesystem::create_directory(folder);
    for (const auto& path : {fifo, folder}) {
        CAPTURE(path);
        std::string code;
        try {
            ingest(house.store, house.settings, path);
        } catch (const Error& error) {
            code = error.code();
        }
        CHECK(code == "media-not-a-file");
    }
}

TEST_CASE("ingest: inside the cage nothing can be opened, connected, started or signalled") {
    const auto run = runShell(std::string{std::getenv("LOA_BIN_DIR")} + "/loa-ingest --check-cage");
    CHECK(run.status == 0);
    CHECK(run.output.find("socket denied") != std::string::npos);
    CHECK(run.output.find("open for writing denied") != std::string::npos);
    CHECK(run.output.find("execve denied") != std::string::npos);
    CHECK(run.output.find("POSSIBLE") == std::string::npos);
}

TEST_CASE(
    "ingest: the cage closes also where the service may not call seccomp itself (SystemCallFilter=@system-service)") {
    const auto program = std::filesystem::path{std::getenv("LOA_BIN_DIR")} / "loa-ingest";
    const pid_t child = fork();
    if (child == 0) {
        sock_filter rules[] = {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
                               BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_seccomp, 0, 1),
                               BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
                               BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
        const sock_fprog filter{4, rules};
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0) _exit(98);
        execl(program.c_str(), program.c_str(), "--check-cage", static_cast<char*>(nullptr));
        _exit(99);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
}
