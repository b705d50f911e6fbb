// Makes good and broken sound files for the tests: the good ones by GStreamer's encoders, run as a program in a folder
// of their own that is removed again; the broken ones from them, byte by byte. Nothing is stored in the repository.
#include "tests/support/broken_media.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <numbers>
#include <random>
#include <stdexcept>

#include "tests/support/run_shell.h"

namespace loa {
namespace {

using namespace std::string_literals;

std::string littleEndian(std::uint32_t value, int bytes) {
    std::string text;
    for (int index = 0; index < bytes; ++index) text += static_cast<char>(value >> (8 * index));
    return text;
}

void replace(std::string& bytes, std::size_t at, std::string_view with) {
    bytes.replace(at, with.size(), with);
}

std::string readFile(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

// What follows "filesrc location=in.wav" for each kind, up to the sink; kinds with pictures have a source of their own.
std::string chainFor(const std::string& kind) {
    const auto sound = "filesrc location=in.wav ! wavparse ! audioconvert ! audioresample ! "s;
    const auto picture = "videotestsrc num-buffers=10 ! video/x-raw,width=64,height=64 ! videoconvert ! "s;
    const std::map<std::string, std::string> chains = {
        {"mp3", sound + "lamemp3enc target=bitrate cbr=true bitrate=128"},
        {"ogg", sound + "vorbisenc ! oggmux"},
        {"opus", sound + "opusenc bitrate=48000 ! oggmux"},
        {"flac", sound + "flacenc"},
        {"speex", sound + "speexenc ! oggmux"},
        {"mp2", sound + "twolamemp2enc"},
        {"wavpack", sound + "wavpackenc"},
        {"mkv", sound + "opusenc ! matroskamux"},
        {"mp4", sound + "lamemp3enc ! mpegaudioparse ! mp4mux"},
        {"flv", sound + "lamemp3enc ! mpegaudioparse ! flvmux"},
        {"webm", picture + "vp8enc ! webmmux"},
        {"avi", picture + "jpegenc ! avimux"},
        {"theora", picture + "theoraenc ! oggmux"},
        {"mp4-video", picture + "jpegenc ! qtmux"},
        {"png", "videotestsrc num-buffers=1 ! video/x-raw,width=64,height=64 ! videoconvert ! pngenc"},
    };
    return chains.at(kind);
}

std::string makeByGstreamer(const std::string& kind, double seconds) {
    std::string folder = (std::filesystem::temp_directory_path() / "loa-media-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr) throw std::runtime_error{"mkdtemp"};
    std::ofstream{folder + "/in.wav", std::ios::binary} << wavFile(burstTone(seconds));
    const auto run = runShell("cd " + folder + " && gst-launch-1.0 -q " + chainFor(kind) + " ! filesink location=out");
    auto bytes = readFile(folder + "/out");
    std::filesystem::remove_all(folder);
    if (run.status != 0 || bytes.empty())
        throw std::runtime_error{"gst-launch-1.0 made no " + kind + ": " + run.output};
    return bytes;
}

std::string half(const std::string& bytes) {
    return bytes.substr(0, bytes.size() / 2);
}

// WAV: 16 bytes of fmt begin at 20, the size of data is at 40, sound at 44.
std::string wavWith(std::size_t at, std::string_view bytes) {
    auto wav = goodMedia("wav");
    replace(wav, at, bytes);
    return wav;
}

std::string floatWavOfNan() {
    std::string sound;
    for (int frame = 0; frame < 48000; ++frame) sound += "\x00\x00\xC0\x7F"s;
    auto wav = wavFile({}) + sound;
    replace(wav, 20, littleEndian(3, 2));  // IEEE float
    replace(wav, 28, littleEndian(192000, 4));
    replace(wav, 32, littleEndian(4, 2));
    replace(wav, 34, littleEndian(32, 2));
    replace(wav, 40, littleEndian(static_cast<std::uint32_t>(sound.size()), 4));
    return wav;
}

// STREAMINFO begins at 8; its 20 bits of rate at 18, its 36 bits of frame count end at 26.
std::string flacClaiming(std::string_view packed) {
    auto flac = goodMedia("flac");
    replace(flac, 26 - packed.size(), packed);
    return flac;
}

std::string withId3(std::string_view size, const std::string& behind) {
    return "ID3\x04"s + "\0\0"s + std::string{size} + behind;
}

std::string transportStream() {
    std::string bytes;
    for (std::uint32_t packet = 0; packet < 50; ++packet) bytes += "\x47" + randomBytes(187, packet);
    return bytes;
}

using Files = std::vector<BrokenFile>;

void addDamaged(Files& files) {
    files.push_back({"zero-bytes.mp3", "", "media-empty"});
    files.push_back({"random.mp3", randomBytes(60000, 3), "media-unknown"});
    for (const auto* kind : {"wav", "mp3", "ogg", "opus", "flac"}) {
        const auto& good = goodMedia(kind);
        files.push_back({"cut-in-half."s + kind, half(good), "media-truncated"});
        files.push_back({"random-before."s + kind, randomBytes(6000, 5) + good, "media-unknown"});
        if (kind == "wav"s) continue;  // there garbage is noise, and noise is sound
        const auto* refusal = kind == "flac"s ? "media-truncated" : "media-damaged";  // the decoder steps over it
        files.push_back({"garbage-in-the-middle."s + kind, garbageInTheMiddle(good), refusal});
    }
    const auto& mp3 = goodMedia("mp3");
    files.push_back({"two-frames.mp3", mp3.substr(0, 900), "media-truncated"});
    files.push_back({"tag-beyond-the-end.mp3", withId3("\x7F\x7F\x7F\x7F", mp3), "media-truncated"});
    files.push_back({"only-a-tag.mp3", withId3("\0\0\0\x0A"s, std::string(10, '\0')), "media-truncated"});
    files.push_back({"silence.wav", wavFile(std::vector<std::int16_t>(96000, 0)), "media-silent"});
    files.push_back({"one-step-of-noise.wav", wavFile(std::vector<std::int16_t>(96000, 1)), "media-silent"});
    files.push_back({"too-short.wav", wavFile(burstTone(0.3)), "media-too-short"});
}

void addLying(Files& files) {
    const auto& wav = goodMedia("wav");
    files.push_back({"header-claims-sound.wav", wav.substr(0, 44), "media-truncated"});
    files.push_back({"header-only.wav", wavFile({}), "media-too-short"});
    files.push_back({"never-finished.wav", wavWith(40, littleEndian(0, 4)), "media-truncated"});
    files.push_back({"chunk-beyond-the-end.wav", wavWith(16, "\xF0\xFF\xFF\x7F"), "media-truncated"});
    files.push_back({"rate-zero.wav", wavWith(24, littleEndian(0, 4)), "media-format"});
    files.push_back({"60000-channels.wav", wavWith(22, littleEndian(60000, 2)), "media-format"});
    files.push_back({"adpcm.wav", wavWith(20, littleEndian(2, 2)), "media-format"});
    files.push_back({"not-numbers.wav", floatWavOfNan(), "media-damaged"});
    files.push_back({"all-ones.flac", flacClaiming(std::string(8, '\xFF')), "media-format"});
    files.push_back({"weeks-long.flac", flacClaiming(std::string(4, '\xFF')), "media-too-long"});
}

void addDisguised(Files& files) {
    std::string text;
    for (int line = 0; line < 200; ++line) text += "Thông báo của UBND xã, kính mời bà con.\n";
    const auto list = "https://example.vn/a.mp3"s;
    files.push_back({"text.mp3", text, "media-text"});
    files.push_back({"page.ogg", "<!DOCTYPE html><html><body>404 Not Found</body></html>", "media-page"});
    files.push_back({"document.mp3", "%PDF-1.7\n" + randomBytes(5000, 7), "media-document"});
    files.push_back({"office.mp3", "PK\x03\x04"s + randomBytes(5000, 8), "media-document"});
    files.push_back({"picture.mp3", goodMedia("png"), "media-picture"});
    files.push_back({"hls.mp3", "#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\n" + list + "\n", "media-playlist"});
    files.push_back({"pls.mp3", "[playlist]\nFile1=" + list + "\n", "media-playlist"});
    files.push_back({"xspf.mp3", "<?xml version=\"1.0\"?>\n<playlist xmlns=\"http://xspf.org/ns/0/\"></playlist>",
                     "media-playlist"});
    files.push_back({"smil.mp3", "<smil><body><audio src=\"" + list + "\"/></body></smil>", "media-playlist"});
    files.push_back(
        {"asx.mp3", "<ASX version=\"3.0\"><entry><ref href=\"" + list + "\"/></entry></ASX>", "media-playlist"});
    files.push_back({"matroska.mp3", goodMedia("mkv"), "media-video"});
    files.push_back(
        {"tagged-matroska.mp3", withId3("\0\0\0\x0A"s, std::string(10, '\0') + goodMedia("mkv")), "media-video"});
    files.push_back({"webm.opus", goodMedia("webm"), "media-video"});
    files.push_back({"avi.wav", goodMedia("avi"), "media-video"});
    files.push_back({"theora.ogg", goodMedia("theora"), "media-video"});
    files.push_back({"flash.mp3", goodMedia("flv"), "media-video"});
    files.push_back({"transport-stream.mp3", transportStream(), "media-video"});
    files.push_back({"mp4.mp3", goodMedia("mp4"), "media-mp4"});
    files.push_back({"mp4-video.mp3", goodMedia("mp4-video"), "media-mp4"});
    files.push_back({"speex.ogg", goodMedia("speex"), "media-format"});
    files.push_back({"layer-two.mp3", goodMedia("mp2"), "media-format"});
    files.push_back({"wavpack.wav", goodMedia("wavpack"), "media-format"});
}

}  // namespace

std::string randomBytes(std::size_t count, std::uint32_t seed) {
    std::mt19937 random{seed};
    std::string bytes(count, '\0');
    for (auto& byte : bytes) byte = static_cast<char>(random());
    return bytes;
}

std::string garbageInTheMiddle(std::string bytes) {
    const auto count = std::min<std::size_t>(10000, bytes.size() / 4);
    replace(bytes, bytes.size() / 2, randomBytes(count, 11));
    return bytes;
}

std::string wavFile(const std::vector<std::int16_t>& samples, int rate, int channels) {
    const auto size = static_cast<std::uint32_t>(samples.size() * 2);
    const auto frameBytes = static_cast<std::uint32_t>(channels * 2);
    auto bytes = "RIFF" + littleEndian(size + 36, 4) + "WAVEfmt " + littleEndian(16, 4) + littleEndian(1, 2) +
                 littleEndian(static_cast<std::uint32_t>(channels), 2) +
                 littleEndian(static_cast<std::uint32_t>(rate), 4) +
                 littleEndian(static_cast<std::uint32_t>(rate) * frameBytes, 4) + littleEndian(frameBytes, 2) +
                 littleEndian(16, 2) + "data" + littleEndian(size, 4);
    for (const auto sample : samples) bytes += littleEndian(static_cast<std::uint16_t>(sample), 2);
    return bytes;
}

std::vector<std::int16_t> burstTone(double seconds, double peak, int rate) {
    std::vector<std::int16_t> samples(static_cast<std::size_t>(seconds * rate));
    for (std::size_t index = 0; index < samples.size(); ++index) {
        const double time = static_cast<double>(index) / rate;
        const double swell = 0.55 + 0.45 * std::sin(2 * std::numbers::pi * 4 * time);
        samples[index] = static_cast<std::int16_t>(32767 * peak * swell * std::sin(2 * std::numbers::pi * 440 * time));
    }
    return samples;
}

const std::string& goodMedia(const std::string& kind, double seconds) {
    static std::map<std::pair<std::string, double>, std::string> made;
    auto& bytes = made[{kind, seconds}];
    if (bytes.empty()) bytes = kind == "wav" ? wavFile(burstTone(seconds)) : makeByGstreamer(kind, seconds);
    return bytes;
}

const std::vector<BrokenFile>& brokenMedia() {
    static const auto files = [] {
        Files made;
        addDamaged(made);
        addLying(made);
        addDisguised(made);
        return made;
    }();
    return files;
}

}  // namespace loa
